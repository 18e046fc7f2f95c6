using Microsoft.Extensions.Logging;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Storage.Snapshots;

namespace Switchyard.Platform.Access.Credentials;

/// <summary>Credentials in memory, swapped whole; whatever a swap takes away has its open requests cut.</summary>
public abstract class CredentialRing(IEventFeed feed, TimeProvider time, ILogger log)
    : LiveSnapshot<CredentialSet>(feed, time, log)
{
    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; } = time;

    /// <inheritdoc/>
    protected override CredentialSet Empty => CredentialSet.Empty;

    /// <summary>The valid credential with this secret; null for none. Never waits; allocates nothing.</summary>
    public Principal? Find(in SecretHash hash, DateTimeOffset now) =>
        Current.ByHash.TryGetValue(hash, out var principal) && principal.IsValid(now) ? principal : null;

    /// <summary>The credential with this id, valid or not; null for none.</summary>
    public Principal? Find(Guid id) => Current.ById.GetValueOrDefault(id);

    /// <inheritdoc/>
    protected override void Swapped(CredentialSet previous, CredentialSet next)
    {
        foreach (var (id, before) in previous.ById)
        {
            if (next.ById.GetValueOrDefault(id)?.Use != before.Use) before.Use.Close();
        }
    }
}
