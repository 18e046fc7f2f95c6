using Switchyard.Platform.Configuration;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage.Embedded;

namespace Switchyard.Server.Hosting;

/// <summary>The database that this process works on: the operator's, or the embedded one, started here or by the running service.</summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _embedded;

    private DatabaseServer(DatabaseLocation location, EmbeddedPostgres? embedded) => (Location, _embedded) = (location, embedded);

    public DatabaseLocation Location { get; }

    /// <summary>For the service itself: it must be the one that runs the embedded server.</summary>
    public static async Task<DatabaseServer> StartAsync(IConfiguration configuration, ILogger log, CancellationToken cancel)
    {
        if (configuration[HostSettings.Database] is { Length: > 0 } external)
            return new DatabaseServer(new DatabaseLocation(external, Embedded: false), null);
        var embedded = await EmbeddedPostgres.StartAsync(DataDirectory.At(configuration[HostSettings.DataDirectory]), log, TimeProvider.System, cancel);
        return new DatabaseServer(new DatabaseLocation(embedded.ConnectionString, Embedded: true), embedded);
    }

    /// <summary>For a command: joins the embedded server of a running service, or starts it for the time of the command.</summary>
    public static async Task<DatabaseServer> JoinAsync(IConfiguration configuration, ILogger log, CancellationToken cancel)
    {
        var running = configuration[HostSettings.Database] is { Length: > 0 }
            ? null
            : EmbeddedPostgres.ConnectionStringOfRunning(DataDirectory.At(configuration[HostSettings.DataDirectory]));
        return running is null
            ? await StartAsync(configuration, log, cancel)
            : new DatabaseServer(new DatabaseLocation(running, Embedded: true), null);
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
