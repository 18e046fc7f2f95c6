using System.Data.Common;
using Npgsql;
using Quartz.Impl.AdoJobStore.Common;
using Quartz.Util;

namespace Switchyard.Platform.Jobs.Scheduling;

/// <summary>Gives Quartz connections from the one pool, so that it needs no connection string and no password.</summary>
internal sealed class QuartzConnections(NpgsqlDataSource source) : IDbConnectionManager, IDbProvider
{
    /// <inheritdoc/>
    public DbMetadata Metadata { get; } = new DbProvider("Npgsql", "Host=unused").Metadata;

    /// <inheritdoc/>
    public string ConnectionString
    {
        get => "";
        set => throw new NotSupportedException("The pool knows its server.");
    }

    public DbConnection CreateConnection() => source.CreateConnection();

    public DbCommand CreateCommand() => new NpgsqlCommand();

    public DbConnection GetConnection(string dataSourceName) => CreateConnection();

    public DbMetadata GetDbMetadata(string dsName) => Metadata;

    public IDbProvider GetDbProvider(string dsName) => this;

    public void AddConnectionProvider(string dataSourceName, IDbProvider provider) =>
        throw new NotSupportedException("There is one database.");

    public void Initialize()
    {
    }

    public void Shutdown()
    {
    }

    public void Shutdown(string dataSourceName)
    {
    }
}
