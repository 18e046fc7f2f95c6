using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Contracts.Events.Access;
using Switchyard.Platform.Access.Credentials;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Storage.Postgres;
using Switchyard.Platform.Storage.Snapshots;

namespace Switchyard.Platform.Access.Keys;

/// <summary>
/// All API keys of this installation, by hash, so that a model call is authenticated without the database. A copy
/// of the hashes on disk serves a start without it.
/// </summary>
public sealed class KeyRing(
    Database database, IEventFeed feed, IOptions<AccessOptions> options, TimeProvider time, ILogger<KeyRing> log)
    : CredentialRing(feed, time, log)
{
    private readonly LastGoodFile<KeyCopy[]> _file = new(options.Value.FileIn("keys.json"), log);

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Events { get; } = [KeyChanged.Type, UserChanged.Type];

    /// <inheritdoc/>
    protected override async Task<CredentialSet> LoadAsync(CancellationToken cancel) => Build(await KeyLoading.LoadAsync(database, cancel));

    /// <inheritdoc/>
    protected override CredentialSet? LoadLastGood() => _file.Read() is { } copies ? Build(copies) : null;

    /// <inheritdoc/>
    protected override void SaveLastGood(CredentialSet value) =>
        _file.Write([.. value.ByHash.Select(k => KeyCopy.Of(k.Key, k.Value)).OrderBy(k => k.Id)]);

    private CredentialSet Build(IReadOnlyList<KeyCopy> copies)
    {
        var before = Current;
        return new CredentialSet(copies.ToDictionary(
            k => SecretHash.FromBytes(k.Hash),
            k =>
            {
                var caller = new Caller(k.TenantId, CallerKind.ApiKey, k.Id, k.Name, k.Grants);
                return new Principal(k.Id, caller, k.ExpiresAt, before.UseFor(k.Id, caller, k.Restricted, k.LastUsedAt))
                {
                    Restricted = k.Restricted,
                    MakerKeyId = k.MakerKeyId,
                };
            }));
    }
}
