namespace Switchyard.Platform.Storage.Backups;

/// <summary>What a backup holds; its last entry, so that a file without one is known to be cut short.</summary>
/// <param name="Format">Version of this layout.</param>
/// <param name="Switchyard">Version of the program that wrote it.</param>
/// <param name="Postgres">Version of the server it was taken from.</param>
/// <param name="CreatedAt">The one moment that all rows are of.</param>
/// <param name="Migrations">Scripts that had run.</param>
/// <param name="Partitions">Partitions to make before the rows come.</param>
/// <param name="Tables">Tables in no particular order.</param>
/// <param name="Sequences">Positions of the sequences.</param>
public sealed record BackupManifest(
    int Format,
    string Switchyard,
    string Postgres,
    DateTimeOffset CreatedAt,
    IReadOnlyList<BackupMigration> Migrations,
    IReadOnlyList<BackupPartition> Partitions,
    IReadOnlyList<BackupTable> Tables,
    IReadOnlyList<BackupSequence> Sequences)
{
    /// <summary>The layout that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Name of its entry.</summary>
    public const string EntryName = "manifest.json";

    /// <summary>Rows of all tables.</summary>
    public long Rows => Tables.Sum(t => t.Rows);
}

/// <summary>One script that had run.</summary>
public sealed record BackupMigration(string Module, string Name, string Checksum);

/// <summary>One partition.</summary>
/// <param name="Name">Quoted name with schema.</param>
/// <param name="Parent">Quoted name of the table it belongs to.</param>
/// <param name="Bound">Its bounds as PostgreSQL writes them.</param>
public sealed record BackupPartition(string Name, string Parent, string Bound);

/// <summary>One table.</summary>
/// <param name="Name">Quoted name with schema.</param>
/// <param name="Columns">Quoted columns in the order of the rows' fields.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Sha256">Of the uncompressed entry, lower-case hex.</param>
public sealed record BackupTable(string Name, IReadOnlyList<string> Columns, long Rows, string Sha256)
{
    /// <summary>Name of its entry: rows in PostgreSQL's binary COPY format.</summary>
    public string Entry => $"tables/{Name.Replace("\"", "", StringComparison.Ordinal)}.copy";
}

/// <summary>One sequence.</summary>
public sealed record BackupSequence(string Name, long Value, bool Called);
