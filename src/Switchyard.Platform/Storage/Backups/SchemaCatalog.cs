using Dapper;
using Npgsql;

namespace Switchyard.Platform.Storage.Backups;

/// <summary>Asks PostgreSQL what the modules' schemas hold.</summary>
internal sealed class SchemaCatalog(NpgsqlConnection connection, string[] schemas)
{
    // The list of migrations is written by running them; the nodes of the one database do not work on the other.
    private const string Tables = """
        select format('%I.%I', n.nspname, c.relname) as name, c.relkind = 'p' as partitioned,
               array(select format('%I', a.attname) from pg_attribute a
                     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = any(@schemas) and c.relkind in ('r', 'p') and not c.relispartition
          and not (n.nspname = 'platform' and c.relname in ('migrations', 'nodes'))
        order by 1
        """;

    private const string Partitions = """
        select format('%I.%I', n.nspname, c.relname) as name, i.inhparent::regclass::text as parent, pg_get_expr(c.relpartbound, c.oid) as bound
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_inherits i on i.inhrelid = c.oid
        where n.nspname = any(@schemas) and c.relispartition and c.relkind in ('r', 'p')
        order by c.oid
        """;

    private const string Sequences = """
        select format('%I.%I', schemaname, sequencename) as name, coalesce(last_value, start_value) as value, last_value is not null as called
        from pg_sequences where schemaname = any(@schemas) order by 1
        """;

    private const string ForeignKeys = """
        select conrelid::regclass::text as "table", format('%I', conname) as name, pg_get_constraintdef(oid) as definition
        from pg_constraint
        where contype = 'f' and connamespace = any(select oid from pg_namespace where nspname = any(@schemas)) and conparentid = 0
        order by conrelid, conname
        """;

    public async Task<IReadOnlyList<(string Name, bool Partitioned, string[] Columns)>> TablesAsync(CancellationToken cancel) =>
        [.. await connection.QueryAsync<(string, bool, string[])>(Ask(Tables, cancel))];

    public async Task<IReadOnlyList<BackupPartition>> PartitionsAsync(CancellationToken cancel) =>
        [.. (await connection.QueryAsync<(string Name, string Parent, string Bound)>(Ask(Partitions, cancel))).Select(p => new BackupPartition(p.Name, p.Parent, p.Bound))];

    public async Task<IReadOnlyList<BackupSequence>> SequencesAsync(CancellationToken cancel) =>
        [.. (await connection.QueryAsync<(string Name, long Value, bool Called)>(Ask(Sequences, cancel))).Select(s => new BackupSequence(s.Name, s.Value, s.Called))];

    public async Task<IReadOnlyList<(string Table, string Name, string Definition)>> ForeignKeysAsync(CancellationToken cancel) =>
        [.. await connection.QueryAsync<(string, string, string)>(Ask(ForeignKeys, cancel))];

    private CommandDefinition Ask(string sql, CancellationToken cancel) => new(sql, new { schemas }, cancellationToken: cancel);
}
