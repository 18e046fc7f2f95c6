using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Switchyard.Platform.Storage.Embedded;

namespace Switchyard.Platform.Tests.Storage;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("switchyard-embedded-");
    private readonly DataDirectory _data;

    public EmbeddedPostgresTests()
    {
        File.SetUnixFileMode(_home.FullName, File.GetUnixFileMode(_home.FullName) | UnixFileMode.OtherExecute);
        _data = DataDirectory.At(Path.Combine(_home.FullName, "data"));
    }

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task Starts_keeps_its_rows_over_a_restart_and_stays_closed_to_others()
    {
        int port;
        await using (var server = await StartAsync())
        {
            port = server.Port;
            server.Version.ShouldStartWith("18.");
            await ExecuteAsync(server, "create table kept (id int); insert into kept values (42)");
            (await ScalarAsync(server, "select string_agg(name || '=' || setting, ' ' order by name) from pg_settings where name in ('listen_addresses', 'ssl', 'server_encoding')"))
                .ShouldBe("listen_addresses=127.0.0.1 server_encoding=UTF8 ssl=off");
            var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guess", Pooling = false };
            await using var stranger = new NpgsqlConnection(wrong.ConnectionString);
            (await Should.ThrowAsync<PostgresException>(() => stranger.OpenAsync())).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
        }

        File.GetUnixFileMode(Path.Combine(_data.Postgres, "password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var again = await StartAsync();
        again.Port.ShouldBe(port);
        (await ScalarAsync(again, "select id from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Servers_that_start_at_once_get_a_port_each()
    {
        var homes = Enumerable.Range(0, 3).Select(i => DataDirectory.At(Path.Combine(_home.FullName, $"data{i}"))).ToList();
        var servers = await Task.WhenAll(homes.Select(home => EmbeddedPostgres.StartAsync(home, NullLogger.Instance, TimeProvider.System, CancellationToken.None)));
        servers.Select(server => server.Port).ShouldBeUnique();
        foreach (var server in servers) await server.DisposeAsync();
    }

    [Fact]
    public async Task A_second_process_on_the_same_directory_is_refused_but_finds_the_running_server()
    {
        EmbeddedPostgres.ConnectionStringOfRunning(_data).ShouldBeNull();
        await using (var server = await StartAsync())
        {
            (await Should.ThrowAsync<EmbeddedPostgresException>(StartAsync)).Message.ShouldContain("--data");
            EmbeddedPostgres.ConnectionStringOfRunning(_data).ShouldBe(server.ConnectionString);
        }

        EmbeddedPostgres.ConnectionStringOfRunning(_data).ShouldBeNull();
    }

    [Fact]
    public async Task A_killed_server_is_started_again_with_everything_acknowledged()
    {
        await using var server = await StartAsync();
        await ExecuteAsync(server, "create table kept (id int); insert into kept values (1)");
        Kill(Postmaster(server));
        await Eventually.IsTrue(async () => await AnswersAsync(server), "the server is back");
        (await ScalarAsync(server, "select id from kept")).ShouldBe(1);
    }

    [Fact]
    public async Task Files_and_processes_left_by_a_killed_parent_do_not_block_the_next_start()
    {
        string cluster;
        await using (var server = await StartAsync())
        {
            cluster = server.ClusterDirectory;
            await ExecuteAsync(server, "create table kept (id int); insert into kept values (5)");
        }

        // A living server without a parent that holds the lock, and a pid file that would name a stranger.
        var program = new PostgresProgram(PostgresBinaries.Installed(_data)!, ServerAccount.Needed());
        var leftover = Process.Start(program.Start("postgres", ["-D", cluster, "-p", "54999", "-c", "unix_socket_directories=" + Path.Combine(_data.Postgres, "run")], diesWithUs: false))!;
        var pidFile = Path.Combine(cluster, "postmaster.pid");
        await Eventually.IsTrue(() => File.Exists(pidFile) && File.ReadAllText(pidFile).Contains("ready", StringComparison.Ordinal), "the leftover runs");

        await using (var server = await StartAsync()) (await ScalarAsync(server, "select id from kept")).ShouldBe(5);
        leftover.WaitForExit(5000).ShouldBeTrue();

        await File.WriteAllTextAsync(pidFile, $"{Environment.ProcessId}\n{cluster}\n1\n54320\n\nlocalhost\n1 1\nready\n");
        await using var last = await StartAsync();
        (await ScalarAsync(last, "select id from kept")).ShouldBe(5);
    }

    [Fact]
    public async Task A_first_start_that_was_cut_short_is_begun_again()
    {
        Directory.CreateDirectory(Path.Combine(_data.Postgres, "18.new", "base"));
        Directory.CreateDirectory(_data.Root);
        await using var server = await StartAsync();
        (await ScalarAsync(server, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_refused_with_the_way_out()
    {
        Directory.CreateDirectory(Path.Combine(_data.Postgres, "15"));
        var fault = await Should.ThrowAsync<EmbeddedPostgresException>(StartAsync);
        fault.Message.ShouldContain("PostgreSQL 15");
        fault.Message.ShouldContain("backup");
    }

    [Fact]
    public async Task A_directory_that_the_servers_user_cannot_reach_is_named()
    {
        if (ServerAccount.Needed() is null) Assert.Skip("Only root drops to another user.");
        File.SetUnixFileMode(_home.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (await Should.ThrowAsync<EmbeddedPostgresException>(StartAsync)).Message.ShouldContain($"chmod o+x {_home.FullName}");
    }

    private Task<EmbeddedPostgres> StartAsync() =>
        EmbeddedPostgres.StartAsync(_data, NullLogger.Instance, TimeProvider.System, CancellationToken.None);

    private static int Postmaster(EmbeddedPostgres server) =>
        int.Parse(File.ReadLines(Path.Combine(server.ClusterDirectory, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    private static async Task<bool> AnswersAsync(EmbeddedPostgres server)
    {
        try
        {
            await ScalarAsync(server, "select 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task ExecuteAsync(EmbeddedPostgres server, string sql) => await ScalarAsync(server, sql);

    private static async Task<object?> ScalarAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
