using Microsoft.Extensions.Logging;
using Npgsql;

namespace Switchyard.Platform.Storage.Postgres;

/// <summary>Makes the one connection pool, with bounds that keep a stuck database from taking the process with it.</summary>
public static class PostgresPool
{
    /// <summary>
    /// Opens a pool on <paramref name="connectionString"/>. What the operator wrote stands; what was left out gets
    /// at most 40 connections, 5 s to connect, 30 s a command, keep-alives that notice a dead peer.
    /// </summary>
    public static NpgsqlDataSource Open(string connectionString, ILoggerFactory? logs = null)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        Default("Maximum Pool Size", () => settings.MaxPoolSize = 40);
        Default("Timeout", () => settings.Timeout = 5);
        Default("Command Timeout", () => settings.CommandTimeout = 30);
        Default("Cancellation Timeout", () => settings.CancellationTimeout = 2000);
        Default("Keepalive", () => settings.KeepAlive = 15);
        Default("Connection Idle Lifetime", () => settings.ConnectionIdleLifetime = 60);
        Default("Max Auto Prepare", () => settings.MaxAutoPrepare = 50);
        Default("Application Name", () => settings.ApplicationName = "switchyard");
        Default("Include Error Detail", () => settings.IncludeErrorDetail = false);
        // Named, because the pool's metrics would show the connection string otherwise.
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "switchyard" };
        if (logs is not null) builder.UseLoggerFactory(logs);
        return builder.Build();

        void Default(string key, Action set)
        {
            if (!given.ShouldSerialize(key)) set();
        }
    }
}
