using Microsoft.Extensions.Hosting;
using Npgsql;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.TestKit.Databases;

namespace Switchyard.Platform.Tests.EventLog;

/// <summary>A migrated database of one test class, and nodes on it.</summary>
public sealed class EventDatabase : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public NpgsqlDataSource Source { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.SharedAsync();
        ConnectionString = await server.CreateFromAsync("platform", async connection =>
        {
            await using var source = NpgsqlDataSource.Create(connection);
            var migrations = Migration.Of([new PlatformModule()]);
            await new Migrator(source, migrations, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrator>.Instance)
                .MigrateAsync(CancellationToken.None);
        });
        Source = NpgsqlDataSource.Create(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await (await PostgresServer.SharedAsync()).DropAsync(ConnectionString);
    }

    /// <summary>Starts a node with the event log and whatever <paramref name="more"/> adds.</summary>
    public Task<TestNode> StartNodeAsync(Action<HostApplicationBuilder>? more = null, string options = "") =>
        TestNode.StartAsync(ConnectionString + options, more);
}
