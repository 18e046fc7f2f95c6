using Npgsql;
using Switchyard.Platform.EventLog;

namespace Switchyard.Platform.Storage.Postgres;

/// <summary>The one PostgreSQL. Thread-safe; connections come from Npgsql's pool.</summary>
public sealed class Database(NpgsqlDataSource source, IEventSignal signal, TimeProvider time)
{
    /// <summary>The pool itself, for COPY and LISTEN.</summary>
    public NpgsqlDataSource Source => source;

    /// <summary>Opens a pooled connection for reading.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancel) => source.OpenConnectionAsync(cancel);

    /// <summary>
    /// Starts a unit of work: a transaction whose events and audit rows are written by its commit.
    /// Disposed without <see cref="Change.CommitAsync"/>, it rolls back.
    /// </summary>
    public async Task<Change> BeginAsync(Access.Caller caller, CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancel);
            return new Change(connection, transaction, caller, signal, time);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
