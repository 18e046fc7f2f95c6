using Npgsql;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Migrations;

namespace Switchyard.Server.Commands;

/// <summary>Makes a migrator for a database other than the configured one.</summary>
internal static class Migrators
{
    public static Migrator For(IServiceProvider services, ModuleSet modules, NpgsqlDataSource source) => new(
        source, Migration.Of(modules.All), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<Migrator>>());
}
