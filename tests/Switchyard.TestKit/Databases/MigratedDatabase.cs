using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.TestKit.Databases;
using Xunit;

namespace Switchyard.TestKit;

/// <summary>
/// One database for a test class with the schema of every module that the test project refers to:
/// <c>IClassFixture&lt;MigratedDatabase&gt;</c>. Migrated once per run, then copied.
/// </summary>
public sealed class MigratedDatabase : IAsyncLifetime
{
    private NpgsqlDataSource? _source;

    /// <summary>Connection string of this class's own database.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>A pool on it.</summary>
    public NpgsqlDataSource Source => _source ?? throw new InvalidOperationException("The fixture was not initialised.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.SharedAsync();
        ConnectionString = await server.CreateFromAsync("migrated", async connection =>
        {
            await using var source = NpgsqlDataSource.Create(connection);
            var migrator = new Migrator(source, Migration.Of(Modules()), TimeProvider.System, NullLogger<Migrator>.Instance);
            await migrator.MigrateAsync(CancellationToken.None);
        });
        _source = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_source is not null) await _source.DisposeAsync();
        await (await PostgresServer.SharedAsync()).DropAsync(ConnectionString);
    }

    /// <summary>The platform first, because the others may refer to nothing but it.</summary>
    private static IEnumerable<IModule> Modules() =>
        Directory.GetFiles(AppContext.BaseDirectory, "Switchyard.*.dll")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => !name.Contains("Test", StringComparison.Ordinal))
            .Select(System.Reflection.Assembly.Load)
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IModule)))
            .Select(type => (IModule)Activator.CreateInstance(type)!)
            .OrderBy(module => module.Name != "platform").ThenBy(module => module.Name, StringComparer.Ordinal);
}
