using Microsoft.AspNetCore.Connections;
using Npgsql;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Server.Commands;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Hosting;

/// <summary>The running service, from its first line to its last.</summary>
internal static class Service
{
    private static readonly TimeSpan DatabasePatience = TimeSpan.FromSeconds(5);

    /// <summary>Runs until SIGTERM, Ctrl-C or <paramref name="cancel"/>, drains, and stops the embedded database last.</summary>
    public static async Task<int> RunAsync(
        ModuleSet modules, IReadOnlyDictionary<string, (string Value, string Option)> given, bool demo, CancellationToken cancel)
    {
        var builder = NodeBuilder.Prepare(given);
        ListenAddress.DemandFree(builder.Configuration[HostSettings.Urls]!);
        var lateLog = new LateLogger();
        // The database starts while the web application is put together.
        var starting = DatabaseServer.StartAsync(builder.Configuration, lateLog, cancel);
        WebApplication app;
        try
        {
            app = NodeBuilder.Build(builder, modules, () => starting.GetAwaiter().GetResult().Location);
        }
        catch
        {
            await using var _ = await starting;
            throw;
        }

        await using var database = await starting;
        await using (app)
        {
            DemandSettings(app);
            NodeBuilder.Map(app, modules);
            lateLog.Attach(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Switchyard.Embedded"));
            await MigrateAsync(app, database.Location, cancel);
            if (demo) await DemoCommand.LoadAsync(app.Services, cancel);
            await StartAsync(app, cancel);
            await StartLine.WriteAsync(app, cancel);
            await app.WaitForShutdownAsync(cancel);
        }

        return 0;
    }

    // An external database that is away does not keep the gateway from serving what it last knew; a wrong password
    // or a refused script is a mistake that somebody must mend.
    private static async Task MigrateAsync(WebApplication app, DatabaseLocation location, CancellationToken cancel)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await app.Services.GetRequiredService<Migrator>().MigrateAsync(cancel);
                if (await app.Services.GetRequiredService<MasterKeyWitness>().CompareAsync(cancel) is { } other) Terminal.WriteError(Say(other));
                app.Services.GetRequiredService<NodeState>().HasMigrated();
                await app.Services.GetRequiredService<StoredSettings>().LoadAsync(cancel);
                await app.Services.GetRequiredService<DatabaseWatch>().LookAsync(cancel);
                return;
            }
            catch (NpgsqlException fault) when (fault is not PostgresException || fault.IsTransient)
            {
                if (time.GetElapsedTime(started) < DatabasePatience)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancel);
                    continue;
                }

                if (location.Embedded) throw;
                Terminal.WriteError(Say("serve.without", ("reason", Reason.Of(fault))));
                return;
            }
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (Exception fault)
        {
            await StopWhatStartedAsync(app);
            if (fault is IOException { InnerException: AddressInUseException }) throw ListenAddress.Taken(app.Configuration[HostSettings.Urls]!);
            throw;
        }
    }

    // An unknown name does not keep a node from starting: a file may be ahead of this version by one.
    private static void DemandSettings(WebApplication app)
    {
        var check = app.Services.GetRequiredService<SettingsCheck>();
        check.Demand();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Switchyard.Configuration");
        foreach (var unknown in check.Unknown()) log.LogWarning("{Setting}: {What} {Cure}", unknown.Place, English(unknown.What), English(unknown.Cure));
    }

    // It must end before its database does.
    private static async Task StopWhatStartedAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            // A host that failed before its first service throws here; the failure itself is told by the caller.
        }
    }
}
