using System.Collections.Concurrent;
using Npgsql;

namespace Switchyard.TestKit.Databases;

/// <summary>
/// The real PostgreSQL of this test run: one server per test process, started on first use, gone with the
/// process. <c>SWITCHYARD_TEST_DATABASE</c> chooses it: <c>debian</c> (default), <c>embedded</c>, or the
/// connection string of a server to use instead.
/// </summary>
public sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer>> Instance = new(StartAsync);
    private static int _databases;

    private readonly string _admin;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _templates = new();

    private PostgresServer(string admin) => _admin = admin;

    /// <summary>The server, running.</summary>
    public static Task<PostgresServer> SharedAsync() => Instance.Value;

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public Task<string> CreateEmptyAsync() => CreateAsync("template0");

    /// <summary>
    /// Creates a database from a template that <paramref name="prepare"/> fills once per process, and returns
    /// its connection string.
    /// </summary>
    public async Task<string> CreateFromAsync(string template, Func<string, Task> prepare)
    {
        var name = $"template_{template}";
        await _templates.GetOrAdd(name, _ => new Lazy<Task>(async () =>
        {
            await ExecuteAsync($"create database {name} template template0");
            await prepare(For(name));
            await using var source = NpgsqlDataSource.Create(For(name));
            source.Clear();
            NpgsqlConnection.ClearAllPools();
            // A template with a connection left open cannot be copied.
            await ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        })).Value;
        return await CreateAsync(name);
    }

    /// <summary>Drops a database, cutting whoever is connected to it.</summary>
    public Task DropAsync(string connectionString) =>
        ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    private static async Task<PostgresServer> StartAsync()
    {
        var choice = Environment.GetEnvironmentVariable("SWITCHYARD_TEST_DATABASE");
        return new PostgresServer(choice switch
        {
            null or "" or "debian" => await DebianPostgres.StartAsync(),
            "embedded" => await EmbeddedServer.StartAsync(),
            _ => choice,
        });
    }

    private async Task<string> CreateAsync(string template)
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database {name} template {template}");
        return For(name);
    }

    private string For(string database) =>
        new NpgsqlConnectionStringBuilder(_admin) { Database = database, Pooling = true, MaxPoolSize = 20 }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_admin) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
