using Switchyard.Platform.Configuration;
using Switchyard.Platform.Modules;

namespace Switchyard.Server.Hosting;

/// <summary>What a command works on: configuration, database and the services of all modules, without a web server.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly DatabaseServer _database;
    private readonly WebApplication _app;

    private Installation(DatabaseServer database, WebApplication app) => (_database, _app) = (database, app);

    /// <summary>The services of all modules; none of the hosted ones runs.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Whether the database is the embedded one.</summary>
    public bool Embedded => _database.Location.Embedded;

    /// <summary>Opens the database that the running service uses, or starts the embedded one for the time of the command.</summary>
    public static async Task<Installation> OpenAsync(
        ModuleSet modules, IDictionary<string, (string Value, string Option)> given, CancellationToken cancel)
    {
        // A command's answer must not drown in the log.
        given.TryAdd(HostSettings.LogLevel, ("warning", "program"));
        var builder = NodeBuilder.Prepare(given.AsReadOnly());
        using var logs = LoggerFactory.Create(_ => { });
        var database = await DatabaseServer.JoinAsync(builder.Configuration, logs.CreateLogger("Switchyard.Embedded"), cancel);
        return new Installation(database, NodeBuilder.Build(builder, modules, () => database.Location));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
