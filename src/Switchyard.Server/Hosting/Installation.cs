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
    /// <param name="modules">The modules.</param>
    /// <param name="given">Settings of the command line.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="alone">Refuses when a service runs on the embedded database.</param>
    /// <param name="tolerant">Goes on with settings that are wrong, to tell of all of them.</param>
    public static async Task<Installation> OpenAsync(
        ModuleSet modules, IDictionary<string, (string Value, string Option)> given, CancellationToken cancel, bool alone = false, bool tolerant = false)
    {
        // A command's answer must not drown in the log.
        given.TryAdd(HostSettings.LogLevel, ("warning", "program"));
        var builder = NodeBuilder.Prepare(given.AsReadOnly(), tolerant);
        using var logs = LoggerFactory.Create(_ => { });
        var log = logs.CreateLogger("Switchyard.Embedded");
        var database = alone
            ? await DatabaseServer.StartAsync(builder.Configuration, log, cancel)
            : await DatabaseServer.JoinAsync(builder.Configuration, log, cancel);
        try
        {
            return new Installation(database, NodeBuilder.Build(builder, modules, () => database.Location));
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
