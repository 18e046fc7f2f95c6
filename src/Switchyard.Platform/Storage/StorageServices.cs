using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Storage;

/// <summary>Registers the database: pool, unit of work, migrations.</summary>
public static class StorageServices
{
    /// <summary>Adds <see cref="NpgsqlDataSource"/>, <see cref="Database"/> and <see cref="Migrator"/>.</summary>
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IEventSignal, NoEventSignal>();
        builder.Services.AddSingleton(services => PostgresPool.Open(
            (services.GetService<DatabaseLocation>()?.ConnectionString ?? builder.Configuration[HostSettings.Database]) is { Length: > 0 } located
                ? located
                : throw new InvalidOperationException($"'{HostSettings.Database}' has no value: give --database, or start with the embedded server."),
            services.GetService<ILoggerFactory>()));
        builder.Services.AddSingleton<Database>();
        builder.Services.AddSingleton(services => new Migrator(
            services.GetRequiredService<NpgsqlDataSource>(),
            Migration.Of(services.GetRequiredService<ModuleSet>().All),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<Migrator>>()));
    }

    /// <summary>Stands in where no event log runs, as in the command line's short tasks; readers poll anyway.</summary>
    private sealed class NoEventSignal : IEventSignal
    {
        public void Appended()
        {
        }
    }
}
