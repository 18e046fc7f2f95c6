using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Migrations;

namespace Switchyard.Platform.Tests.Storage;

[Trait("Database", "Both")]
public sealed class MigratorTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly Migration First = new("sample", 1, "0001_first", "create table sample.things (id int primary key);");
    private static readonly Migration Second = new("sample", 2, "0002_second", "insert into things select 1; select 'a ? b'::text, @(-1);");

    public async ValueTask InitializeAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("drop schema if exists sample cascade; drop schema if exists platform cascade");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Runs_what_is_pending_once()
    {
        (await Of(First).MigrateAsync(default)).ShouldBe([First]);
        (await Of(First, Second).MigrateAsync(default)).ShouldBe([Second]);
        (await Of(First, Second).MigrateAsync(default)).ShouldBeEmpty();
        (await CountAsync("sample.things")).ShouldBe(1);
    }

    [Fact]
    public async Task Many_nodes_may_start_at_once()
    {
        var slow = new Migration("sample", 3, "0003_slow", "select pg_sleep(0.1); insert into sample.things values (2);");
        var nodes = Enumerable.Range(0, 8).Select(_ => Of(First, Second, slow).MigrateAsync(default)).ToArray();
        var ran = await Task.WhenAll(nodes);
        ran.Count(r => r.Count == 3).ShouldBe(1);
        ran.Count(r => r.Count == 0).ShouldBe(7);
        (await CountAsync("sample.things")).ShouldBe(2);
    }

    [Fact]
    public async Task Refuses_a_script_that_was_changed_after_it_ran()
    {
        await Of(First).MigrateAsync(default);
        var fault = await Should.ThrowAsync<MigrationException>(() => Of(First with { }, new Migration("sample", 1, "0001_first", "select 1")).MigrateAsync(default));
        fault.Message.ShouldContain("sample/0001_first");
        fault.Message.ShouldContain("new migration");
    }

    [Fact]
    public void Line_ends_do_not_change_the_checksum() =>
        new Migration("sample", 1, "0001_first", "select 1;\r\nselect 2;").Checksum
            .ShouldBe(new Migration("sample", 1, "0001_first", "select 1;\nselect 2;").Checksum);

    [Fact]
    public async Task Keeps_nothing_of_a_script_that_fails()
    {
        var bad = new Migration("sample", 2, "0002_bad", "create table sample.half (id int);\ninsert into sample.missing values (1);");
        var fault = await Should.ThrowAsync<MigrationException>(() => Of(First, bad).MigrateAsync(default));
        fault.Message.ShouldContain("sample/0002_bad");
        fault.Message.ShouldContain("sample.missing");
        (await Of(First, bad).PendingAsync(default)).ShouldBe([bad]);
        await using var connection = await database.Source.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<bool>("select to_regclass('sample.half') is null")).ShouldBeTrue();
    }

    [Fact]
    public async Task Dry_run_reports_everything_and_changes_nothing()
    {
        (await Of(First, Second).TryAsync(default)).ShouldBe([First, Second]);
        await using var connection = await database.Source.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<bool>("select to_regnamespace('sample') is null and to_regnamespace('platform') is null")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_newer_versions_scripts_do_not_disturb_an_older_node()
    {
        await Of(First, Second).MigrateAsync(default);
        (await Of(First).MigrateAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_killed_half_way_is_continued_by_the_next()
    {
        var endless = new Migration("sample", 2, "0002_second", "insert into sample.things values (7); select pg_sleep(60);");
        var run = Of(First, endless).MigrateAsync(default);
        await Eventually.IsTrue(async () => await KillAsync("%pg_sleep(60)%") > 0, "the migration's backend was killed");
        await Should.ThrowAsync<Exception>(() => run);
        (await Of(First, Second).MigrateAsync(default)).ShouldBe([Second]);
        (await CountAsync("sample.things")).ShouldBe(1);
    }

    [Fact]
    public async Task The_platforms_own_scripts_run_on_an_empty_database()
    {
        var modules = Migration.Of([new PlatformModule()]);
        await Of([.. modules]).MigrateAsync(default);
        await using var connection = await database.Source.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<Guid>("select id from platform.tenants")).ShouldBe(Platform.Access.Tenants.Default);
    }

    private Migrator Of(params Migration[] migrations) =>
        new(database.Source, migrations, TimeProvider.System, NullLogger<Migrator>.Instance);

    private async Task<long> CountAsync(string table)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {table}");
    }

    private async Task<int> KillAsync(string query)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        return (await connection.QueryAsync<bool>(
            "select pg_terminate_backend(pid) from pg_stat_activity where query like @query and pid <> pg_backend_pid() and datname = current_database()",
            new { query })).Count();
    }
}
