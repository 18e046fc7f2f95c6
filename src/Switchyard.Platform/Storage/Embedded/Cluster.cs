using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Embedded;

/// <summary>The files of the embedded server: one cluster per major version, its password, its port.</summary>
/// <param name="Home">Directory of the embedded server, resolved.</param>
/// <param name="Major">Major version.</param>
public sealed record Cluster(string Home, string Major)
{
    /// <summary>Name of the database and of its owner.</summary>
    public const string Database = "switchyard";

    // The system's limit for a socket's path, less the file name.
    private const int LongestSocketDirectory = 80;

    /// <summary>PostgreSQL's data directory.</summary>
    public string Directory => Path.Combine(Home, Major);

    /// <summary>Directory of the Unix socket; may be too long a path to be used.</summary>
    public string Sockets => Path.Combine(Home, "run");

    /// <summary>False on Windows and under very long paths; then only loopback TCP is used.</summary>
    public bool UsesSocket => !OperatingSystem.IsWindows() && Sockets.Length <= LongestSocketDirectory;

    private string PasswordFile => Path.Combine(Home, "password");

    private string PortFile => Path.Combine(Home, "server.json");

    /// <summary>The cluster's state as remembered from the last start; null before the first.</summary>
    public ServerState? State
    {
        get => File.Exists(PortFile) ? JsonSerializer.Deserialize<ServerState>(File.ReadAllBytes(PortFile)) : null;
        set
        {
            var next = PortFile + ".tmp";
            File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(value));
            File.Move(next, PortFile, overwrite: true);
        }
    }

    /// <summary>How to connect to <paramref name="database"/>.</summary>
    public string ConnectionString(int port, string database = Database) => new Npgsql.NpgsqlConnectionStringBuilder
    {
        Host = UsesSocket ? Sockets : "127.0.0.1",
        Port = port,
        Username = Database,
        Password = File.ReadAllText(PasswordFile),
        Database = database,
        SslMode = Npgsql.SslMode.Disable,
    }.ConnectionString;

    /// <summary>
    /// Creates the cluster when there is none. It is made beside its place and moved there complete, so that a
    /// start that was cut short is simply begun again.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">A cluster of another major version is there, or initdb failed.</exception>
    public async Task CreateAsync(PostgresProgram program, CancellationToken cancel)
    {
        if (File.Exists(Path.Combine(Directory, "PG_VERSION"))) return;
        RefuseOtherMajor();
        var unfinished = Directory + ".new";
        if (System.IO.Directory.Exists(unfinished)) System.IO.Directory.Delete(unfinished, recursive: true);
        Make(unfinished, program.Account);
        Make(Sockets, program.Account);
        var password = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var handover = Path.Combine(Sockets, "initial-password");
        WriteSecret(PasswordFile, password);
        WriteSecret(handover, password);
        if (program.Account is not null) Unix.Give(handover, program.Account);
        try
        {
            await program.RunAsync(
                "initdb",
                [
                    "--pgdata", unfinished, "--username", Database, "--pwfile", handover, "--auth", "scram-sha-256",
                    "--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C",
                    "--no-instructions",
                ],
                cancel);
        }
        finally
        {
            File.Delete(handover);
        }

        System.IO.Directory.Move(unfinished, Directory);
    }

    private void RefuseOtherMajor()
    {
        var other = System.IO.Directory.GetDirectories(Home).Select(d => Path.GetFileName(d)!).FirstOrDefault(d => d.All(char.IsAsciiDigit));
        if (other is not null)
            throw new EmbeddedPostgresException(new Phrase("postgres.major", ("path", Home), ("there", other), ("here", Major)));
    }

    private static void Make(string path, ServerAccount? account)
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(path);
            return;
        }

        System.IO.Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (account is not null) Unix.Give(path, account);
    }

    private static void WriteSecret(string path, string secret)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, System.Text.Encoding.ASCII, options);
        writer.Write(secret);
    }
}
