using Npgsql;
using Switchyard.TestKit.Databases;
using Xunit;

namespace Switchyard.TestKit;

/// <summary>
/// One fresh database on the run's real PostgreSQL for a test class: <c>IClassFixture&lt;DatabaseFixture&gt;</c>.
/// </summary>
public sealed class DatabaseFixture : IAsyncLifetime
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
        ConnectionString = await server.CreateEmptyAsync();
        _source = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_source is not null) await _source.DisposeAsync();
        await (await PostgresServer.SharedAsync()).DropAsync(ConnectionString);
    }
}
