using Npgsql;
using Switchyard.Platform.EventLog;

namespace Switchyard.Platform.Storage.Postgres;

/// <summary>The one PostgreSQL. Thread-safe; connections come from Npgsql's pool.</summary>
public sealed class Database(NpgsqlDataSource source, IEventSignal signal, TimeProvider time)
{
    private static readonly TimeSpan TrustFor = TimeSpan.FromMilliseconds(250);
    private long _proven;

    static Database() => DapperRules.Apply();

    /// <summary>The pool itself, for COPY and LISTEN.</summary>
    public NpgsqlDataSource Source => source;

    /// <summary>
    /// Opens a pooled connection for reading. After a restart of the database the pool is full of dead connections;
    /// so the pool is proven by a round trip now and then, and emptied when that fails.
    /// </summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        var proven = Volatile.Read(ref _proven);
        if (proven != 0 && time.GetElapsedTime(proven) < TrustFor) return connection;
        try
        {
            await ProveAsync(connection, cancel);
        }
        catch (NpgsqlException) when (!cancel.IsCancellationRequested)
        {
            await connection.DisposeAsync();
            source.Clear();
            connection = await source.OpenConnectionAsync(cancel);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        Volatile.Write(ref _proven, time.GetTimestamp());
        return connection;
    }

    /// <summary>
    /// Starts a unit of work: a transaction whose events and audit rows are written by its commit.
    /// Disposed without <see cref="Change.CommitAsync"/>, it rolls back.
    /// </summary>
    public async Task<Change> BeginAsync(Access.Caller caller, CancellationToken cancel)
    {
        var connection = await OpenAsync(cancel);
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

    private static async Task ProveAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var nothing = new NpgsqlCommand("select 1", connection);
        await nothing.ExecuteNonQueryAsync(cancel);
    }
}
