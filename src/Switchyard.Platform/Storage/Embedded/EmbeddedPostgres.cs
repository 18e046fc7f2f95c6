using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Embedded;

/// <summary>
/// The PostgreSQL that comes with Switchyard: a child process on a socket and loopback only, restarted when it
/// dies, stopped when it is disposed. One process per data directory, guarded by a lock file.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const int FirstPort = 54320;
    private const int PortsToTry = 200;
    private const int StartsToTry = 5;

    private readonly Cluster _cluster;
    private readonly PostgresProgram _program;
    private readonly FileStream _lock;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private PostgresProcess? _process;
    private Task _supervision = Task.CompletedTask;

    private EmbeddedPostgres(Cluster cluster, PostgresProgram program, FileStream locked, int port, ILogger log, TimeProvider time)
    {
        (_cluster, _program, _lock, _log, _time) = (cluster, program, locked, log, time);
        Port = port;
    }

    /// <summary>The TCP port on loopback.</summary>
    public int Port { get; }

    /// <summary>How to connect.</summary>
    public string ConnectionString => _cluster.ConnectionString(Port);

    /// <summary>Version of the programs, for example <c>18.4</c>.</summary>
    public string Version => _program.Binaries.Version;

    /// <summary>PostgreSQL's data directory.</summary>
    public string ClusterDirectory => _cluster.Directory;

    /// <summary>Prepares the data directory, starts the server and waits until it takes connections.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot run here, or another process uses the directory.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(DataDirectory data, ILogger log, TimeProvider time, CancellationToken cancel)
    {
        var account = ServerAccount.Needed();
        data.Create(account);
        data = data.Resolved();
        new DataDirectory(data.Postgres).Create(account);
        var locked = Lock(data);
        try
        {
            var program = new PostgresProgram(PostgresBinaries.Install(data), account);
            var cluster = new Cluster(data.Postgres, program.Binaries.Major);
            await LeftoverProcesses.EndAsync(cluster.Directory, cluster.Sockets, time, cancel);
            await cluster.CreateAsync(program, cancel);
            var known = cluster.State;
            var (process, port) = await StartAsync(program, cluster, known?.Port, log, time, cancel);
            var server = new EmbeddedPostgres(cluster, program, locked, port, log, time) { _process = process };
            if (known is not { HasDatabase: true }) await server.CreateDatabaseAsync(cancel);
            if (known?.Port != port || !known.HasDatabase) cluster.State = new ServerState(port, HasDatabase: true);
            server._supervision = server.SuperviseAsync();
            return server;
        }
        catch
        {
            await locked.DisposeAsync();
            throw;
        }
    }

    // Between finding a port free and taking it another server may be faster.
    private static async Task<(PostgresProcess Process, int Port)> StartAsync(
        PostgresProgram program, Cluster cluster, int? known, ILogger log, TimeProvider time, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = known is { } last && IsFree(last) ? last : FindPort(attempt == 1 ? FirstPort : FirstPort + Random.Shared.Next(PortsToTry / 2));
            try
            {
                return (await PostgresProcess.StartAsync(program, cluster, port, log, time, cancel), port);
            }
            catch (PortTakenException) when (attempt < StartsToTry)
            {
                log.LogInformation("Port {Port} was taken in the meantime; trying another", port);
            }
        }
    }

    /// <summary>How to connect to the server that another process runs on <paramref name="data"/>; null when none does.</summary>
    public static string? ConnectionStringOfRunning(DataDirectory data)
    {
        if (!Directory.Exists(data.Postgres)) return null;
        data = data.Resolved();
        try
        {
            using var free = OpenLock(data);
            return null;
        }
        catch (IOException)
        {
            var major = Directory.GetDirectories(data.Postgres).Select(d => Path.GetFileName(d)!).FirstOrDefault(d => d.All(char.IsAsciiDigit));
            var cluster = major is null ? null : new Cluster(data.Postgres, major);
            return cluster?.State is { HasDatabase: true } state ? cluster.ConnectionString(state.Port) : null;
        }
        catch (UnauthorizedAccessException fault)
        {
            throw Forbidden(data, fault);
        }
    }

    /// <summary>Stops the server cleanly and gives the data directory free.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync();
        await _supervision;
        if (_process is not null) await _process.StopAsync(_time);
        await _lock.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task SuperviseAsync()
    {
        var pause = TimeSpan.FromMilliseconds(100);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var started = _time.GetTimestamp();
                var code = await _process!.Exited.WaitAsync(_stopping.Token);
                _log.LogError("The embedded PostgreSQL ended with code {Code}; starting it again", code);
                if (_time.GetElapsedTime(started) > TimeSpan.FromMinutes(1)) pause = TimeSpan.FromMilliseconds(100);
                await LeftoverProcesses.EndAsync(_cluster.Directory, _cluster.Sockets, _time, _stopping.Token);
                _process = await PostgresProcess.StartAsync(_program, _cluster, Port, _log, _time, _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                _log.LogError(fault, "The embedded PostgreSQL could not be started again; next try in {Pause}", pause);
                await Task.Delay(pause, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause < TimeSpan.FromSeconds(3) ? pause * 2 : pause;
            }
        }
    }

    private async Task CreateDatabaseAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(_cluster.ConnectionString(Port, "postgres") + ";Pooling=false");
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand($"create database {Cluster.Database}", connection);
        try
        {
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // An earlier first start came this far.
        }
    }

    private static FileStream Lock(DataDirectory data)
    {
        try
        {
            var locked = OpenLock(data);
            locked.SetLength(0);
            locked.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            locked.Flush();
            return locked;
        }
        catch (IOException fault) when (File.Exists(LockFile(data)))
        {
            throw new EmbeddedPostgresException(new Phrase("data.taken", ("path", data.Root)), fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw Forbidden(data, fault);
        }
    }

    private static EmbeddedPostgresException Forbidden(DataDirectory data, Exception fault) =>
        new(new Phrase("data.foreign", ("path", data.Root)), fault);

    // Exclusive as long as it is open; the system gives it free however the process ends.
    private static FileStream OpenLock(DataDirectory data) =>
        new(LockFile(data), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static string LockFile(DataDirectory data) => Path.Combine(data.Postgres, "lock");

    private static int FindPort(int from) =>
        Enumerable.Range(from, FirstPort + PortsToTry - from).Cast<int?>().FirstOrDefault(p => IsFree(p!.Value))
            ?? throw new EmbeddedPostgresException(new Phrase("postgres.ports", ("first", FirstPort), ("last", FirstPort + PortsToTry - 1)));

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
