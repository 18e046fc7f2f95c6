using System.Collections.Frozen;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Contracts.Events.Access;
using Switchyard.Platform.Access;
using Switchyard.Platform.Access.Keys;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;
using Switchyard.Platform.Storage.Snapshots;

namespace Switchyard.Gateway.Keys;

/// <summary>
/// The policies of all keys in memory. A key that is known to have a policy is refused as long as that policy is not
/// here, so that no order of loading opens it for a moment.
/// </summary>
public sealed class KeyPolicies(
    Database database, KeyRing keys, IEventFeed feed, IOptions<AccessOptions> options, TimeProvider time, ILogger<KeyPolicies> log)
    : LiveSnapshot<FrozenDictionary<Guid, KeyPolicy>>(feed, time, log)
{
    private const string Sql = "select key_id, allowed_models from gateway.key_policies";
    private readonly LastGoodFile<Dictionary<Guid, KeyPolicy>> _file = new(options.Value.FileIn("key-policies.json"), log);

    /// <inheritdoc/>
    protected override FrozenDictionary<Guid, KeyPolicy> Empty => FrozenDictionary<Guid, KeyPolicy>.Empty;

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Events { get; } = [KeyChanged.Type];

    /// <summary>True when the caller may ask for <paramref name="model"/>; people may ask for every one.</summary>
    public bool Allows(Caller caller, string model)
    {
        // What a key's maker may not ask for, the key may not either.
        for (var id = caller.Kind == CallerKind.ApiKey ? caller.Id : null; id is { } key;)
        {
            if (Current.TryGetValue(key, out var policy))
            {
                if (!policy.Allows(model)) return false;
            }
            else if (keys.Find(key) is not { Restricted: false })
            {
                return false;
            }

            id = keys.Find(key)?.MakerKeyId;
        }

        return true;
    }

    /// <summary>Why the caller may not ask for <paramref name="model"/>; null when it may.</summary>
    public Problem? Check(Caller caller, string model) =>
        Allows(caller, model) ? null : new Problem("model_not_allowed", 403, "model").With("model", model.Length <= 100 ? model : model[..100]);

    /// <inheritdoc/>
    protected override async Task<FrozenDictionary<Guid, KeyPolicy>> LoadAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Sql, cancellationToken: cancel));
        return rows.ToFrozenDictionary(r => r.KeyId, r => new KeyPolicy(r.AllowedModels));
    }

    /// <inheritdoc/>
    protected override FrozenDictionary<Guid, KeyPolicy>? LoadLastGood() => _file.Read()?.ToFrozenDictionary();

    /// <inheritdoc/>
    protected override void SaveLastGood(FrozenDictionary<Guid, KeyPolicy> value) => _file.Write(new Dictionary<Guid, KeyPolicy>(value.OrderBy(p => p.Key)));

    private sealed record Row
    {
        public Guid KeyId { get; init; }
        public string[] AllowedModels { get; init; } = [];
    }
}
