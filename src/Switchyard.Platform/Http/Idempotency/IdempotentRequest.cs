using Dapper;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Http.Idempotency;

/// <summary>
/// The request with an <c>Idempotency-Key</c> that this flow of control works for. Its row is marked in the
/// transaction of the change itself, so that a crash between the commit and the answer cannot lead to a second
/// execution.
/// </summary>
public sealed class IdempotentRequest(Guid id)
{
    private static readonly AsyncLocal<IdempotentRequest?> Flow = new();

    /// <summary>The request of this flow; null outside of one.</summary>
    public static IdempotentRequest? Current
    {
        get => Flow.Value;
        internal set => Flow.Value = value;
    }

    /// <summary>Row of <c>platform.idempotency</c>.</summary>
    public Guid Id { get; } = id;

    /// <summary>True once a change has been marked.</summary>
    public bool Committed { get; private set; }

    /// <summary>Marks the row inside <paramref name="change"/>; call right before its commit.</summary>
    public async Task MarkAsync(Change change, CancellationToken cancel)
    {
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "update platform.idempotency set state = 'committed' where id = @Id", new { Id }, change.Transaction, cancellationToken: cancel));
        Committed = true;
    }
}
