using Dapper;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Flags;

/// <summary>Reads flags and their history for display.</summary>
public sealed class FlagStore(Database database, FlagOverrides overrides, FlagRing ring)
{
    /// <summary>All flags of a tenant by name, as stored, with what the environment makes of them.</summary>
    public async Task<IReadOnlyList<Flag>> ListAsync(Guid tenant, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<FlagRow>(new CommandDefinition(
            $"select {FlagRow.Columns} from platform.flags where tenant_id = @tenant", new { tenant }, cancellationToken: cancel));
        var stored = rows.Select(r => Effective(r.ToFlag())).ToList();
        var onlyInEnvironment = ring.Current.All.Where(f => f.Tenant == tenant && f.Flag.Version == 0).Select(f => f.Flag);
        return [.. stored.Concat(onlyInEnvironment).DistinctBy(f => f.Name).OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    /// <summary>One flag; null for none.</summary>
    public async Task<Flag?> FindAsync(Guid tenant, string name, CancellationToken cancel) =>
        (await ListAsync(tenant, cancel)).FirstOrDefault(f => f.Name == name);

    /// <summary>Versions of a flag, newest first.</summary>
    public async Task<IReadOnlyList<FlagVersion>> HistoryAsync(Guid tenant, string name, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<HistoryRow>(new CommandDefinition(
            """
            select version, description, state, percentage, targets, kill, removed, at, by_name from platform.flag_history
            where tenant_id = @tenant and name = @name order by version desc limit 1000
            """,
            new { tenant, name },
            cancellationToken: cancel));
        return [.. rows.Select(r => new FlagVersion(r.Version, r.Description, r.State, r.Percentage / 1.0000000000000000000000000000m, r.Targets, r.Kill, r.Removed, r.At, r.ByName))];
    }

    private Flag Effective(Flag flag) => overrides.Of(flag.Name) is { } forced
        ? flag with { State = forced.State, Percentage = forced.Percentage, Source = "environment" }
        : flag;

    private sealed record HistoryRow
    {
        public long Version { get; init; }
        public string Description { get; init; } = "";
        public string State { get; init; } = "";
        public decimal Percentage { get; init; }
        public string[] Targets { get; init; } = [];
        public bool Kill { get; init; }
        public bool Removed { get; init; }
        public DateTimeOffset At { get; init; }
        public string ByName { get; init; } = "";
    }
}
