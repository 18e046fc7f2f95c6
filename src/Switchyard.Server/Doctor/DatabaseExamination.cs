using Dapper;
using Npgsql;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.Storage.Embedded;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Server.Hosting;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Doctor;

/// <summary>Looks at the database and what it needs: reachable, version, clock, migrations, master key, each module's own check.</summary>
internal static class DatabaseExamination
{
    private const int OldestMajor = 15;
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Finding>> RunAsync(Func<Task<Installation>> open, CancellationToken cancel)
    {
        try
        {
            await using var installation = await open();
            var services = installation.Services;
            await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancel);
            return
            [
                Server(connection, installation.Embedded),
                await ClockAsync(connection, services.GetRequiredService<TimeProvider>(), cancel),
                await MigrationsAsync(services.GetRequiredService<Migrator>(), cancel),
                MasterKey(services),
                .. await ModulesAsync(services, cancel),
            ];
        }
        catch (Exception fault) when (fault is NpgsqlException or EmbeddedPostgresException or ConfigurationException or IOException or UnauthorizedAccessException)
        {
            return [Finding.Failed("database", Say(new Phrase("settings.words", ("words", Reason.Of(fault)))), Say("doctor.database.cure"))];
        }
    }

    private static Finding Server(NpgsqlConnection connection, bool embedded)
    {
        var words = embedded
            ? Say("doctor.database.embedded", ("version", connection.PostgreSqlVersion))
            : Say("doctor.database.external", ("version", connection.PostgreSqlVersion), ("place", $"{connection.Host}:{connection.Port}"));
        return connection.PostgreSqlVersion.Major >= OldestMajor
            ? Finding.Ok("database", words)
            : Finding.Failed("database", words, Say("doctor.database.old"));
    }

    private static async Task<Finding> ClockAsync(NpgsqlConnection connection, TimeProvider time, CancellationToken cancel)
    {
        var there = DateTime.SpecifyKind(await connection.ExecuteScalarAsync<DateTime>(new CommandDefinition("select now() at time zone 'UTC'", cancellationToken: cancel)), DateTimeKind.Utc);
        var apart = (time.GetUtcNow() - there).Duration();
        return apart < Tolerated
            ? Finding.Ok("clock", Say("doctor.clock.ok", ("milliseconds", Math.Round(apart.TotalMilliseconds))))
            : Finding.Warning("clock", Say("doctor.clock.apart", ("seconds", Math.Round(apart.TotalSeconds))), Say("doctor.clock.cure"));
    }

    private static async Task<Finding> MigrationsAsync(Migrator migrator, CancellationToken cancel)
    {
        try
        {
            var pending = await migrator.PendingAsync(cancel);
            return pending.Count == 0
                ? Finding.Ok("migrations", Say("doctor.migrations.ok"))
                : Finding.Warning("migrations", Say("doctor.migrations.pending", ("count", pending.Count)), Say("doctor.migrations.later"));
        }
        catch (MigrationException fault)
        {
            return Finding.Failed("migrations", Say(fault.Phrase), Say("doctor.migrations.changed"));
        }
    }

    private static Finding MasterKey(IServiceProvider services)
    {
        try
        {
            var configuration = services.GetRequiredService<IConfiguration>();
            var variable = Environment.GetEnvironmentVariable("SWITCHYARD_MASTER_KEY");
            if (string.IsNullOrEmpty(variable) && !File.Exists(SecretServices.KeyFile(configuration)))
                return Finding.Ok("master key", Say("doctor.key.later"));
            services.GetRequiredService<KeyChain>();
            return Finding.Ok("master key", string.IsNullOrEmpty(variable) ? SecretServices.KeyFile(configuration) : Say("doctor.key.variable"));
        }
        catch (SecretException fault)
        {
            return Finding.Failed("master key", Say(fault.Phrase), Say("doctor.key.cure"));
        }
    }

    private static async Task<IReadOnlyList<Finding>> ModulesAsync(IServiceProvider services, CancellationToken cancel)
    {
        var found = new List<Finding>();
        foreach (var check in services.GetServices<IConfigurationCheck>())
        {
            try
            {
                found.AddRange((await check.CheckAsync(cancel)).Select(p => new Finding(p.Place, p.Serious ? "failed" : "warning", Say(p.What), Say(p.Cure))));
            }
            catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                // Its tables come with the pending migrations, which are told above.
            }
        }

        return found.Count > 0 ? found : [Finding.Ok("configuration", Say("doctor.configuration.ok"))];
    }
}
