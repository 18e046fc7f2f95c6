using Switchyard.Platform.Access;
using Switchyard.Platform.Access.Keys;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Keys;

/// <summary>A change of a key; null leaves a field as it is.</summary>
public sealed record KeyChange(
    string? Name, IReadOnlyList<string>? Scopes, bool SetExpiry, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? AllowedModels);

/// <summary>Makes, changes and revokes client keys: the key and its policy in one transaction.</summary>
public sealed class KeyEditor(Database database, ApiKeys keys, KeyRing ring, KeyPolicies policies)
{
    private const int MostModels = 500;

    /// <summary>Makes a key; an empty list of models allows all.</summary>
    public async Task<Result<CreatedApiKey>> CreateAsync(
        Caller caller, string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, IReadOnlyList<string>? allowedModels, CancellationToken cancel)
    {
        var models = Check(allowedModels ?? []);
        if (!models.Ok) return models.Problem;
        await using var change = await database.BeginAsync(caller, cancel);
        var policy = models.Value.Count == 0 ? null : new KeyPolicy(models.Value);
        if (await CheckMakerAsync(change, policy, cancel) is { } more) return more;
        var created = await keys.CreateAsync(change, new NewApiKey(name, scopes, expiresAt?.ToUniversalTime(), policy), cancel);
        if (!created.Ok) return created.Problem;
        if (policy is not null) await KeyPolicyStore.WriteAsync(change, created.Value.Key.Id, policy, cancel);
        await CommitAsync(change, cancel);
        return created;
    }

    /// <summary>Changes a key.</summary>
    public async Task<Result<ApiKey>> UpdateAsync(Caller caller, Guid id, KeyChange edit, CancellationToken cancel)
    {
        var models = Check(edit.AllowedModels ?? []);
        if (!models.Ok) return models.Problem;
        await using var change = await database.BeginAsync(caller, cancel);
        var before = await KeyPolicyStore.FindAsync(change, id, cancel);
        var after = edit.AllowedModels is null ? before : models.Value.Count == 0 ? null : new KeyPolicy(models.Value);
        if (edit.AllowedModels is not null && await CheckMakerAsync(change, after, cancel) is { } more) return more;
        var patch = new ApiKeyPatch(
            edit.Name, edit.Scopes, edit.SetExpiry, edit.ExpiresAt?.ToUniversalTime(), edit.AllowedModels is not null, before, after);
        var updated = await keys.UpdateAsync(change, id, patch, cancel);
        if (!updated.Ok) return updated.Problem;
        if (edit.AllowedModels is not null) await KeyPolicyStore.WriteAsync(change, id, after, cancel);
        await CommitAsync(change, cancel);
        return updated;
    }

    /// <summary>Revokes a key at once, on every node, open streams included.</summary>
    public async Task<Problem?> RevokeAsync(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        var policy = await KeyPolicyStore.FindAsync(change, id, cancel);
        if (await keys.RevokeAsync(change, id, policy, cancel) is { } problem) return problem;
        await CommitAsync(change, cancel);
        return null;
    }

    /// <summary>What those of the keys that are held to some models may ask for.</summary>
    public Task<IReadOnlyDictionary<Guid, string[]>> AllowedModelsAsync(Guid tenant, Guid[] keyIds, CancellationToken cancel) =>
        KeyPolicyStore.FindAllAsync(database, tenant, keyIds, cancel);

    private static Result<IReadOnlyList<string>> Check(IReadOnlyList<string> models)
    {
        if (models.Count > MostModels) return CommonProblems.OutOfRange("allowedModels", 0, MostModels);
        for (var i = 0; i < models.Count; i++)
        {
            var name = models[i];
            if (string.IsNullOrWhiteSpace(name)) return CommonProblems.Required($"allowedModels[{i}]");
            if (name.Length > 200) return CommonProblems.TooLong($"allowedModels[{i}]", 200);
            if (name.Any(char.IsControl)) return CommonProblems.ControlCharacter($"allowedModels[{i}]");
            if (name.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star < name.Length - 1)
                return CommonProblems.Malformed($"allowedModels[{i}]", "gpt-4o, provider/model, gpt-*");
        }

        return models.Distinct().ToArray();
    }

    // A key that is held to some models cannot make one that is not.
    private static async Task<Problem?> CheckMakerAsync(Change change, KeyPolicy? policy, CancellationToken cancel)
    {
        if (change.Caller is not { Kind: CallerKind.ApiKey, Id: { } maker }) return null;
        return await KeyPolicyStore.FindAsync(change, maker, cancel) is { } own && (policy is null || !own.Covers(policy))
            ? AccessProblems.MoreThanOwn("allowedModels")
            : null;
    }

    private async Task CommitAsync(Change change, CancellationToken cancel)
    {
        await change.CommitAsync(cancel);
        await policies.RefreshAsync(cancel);
        await ring.RefreshAsync(cancel);
    }
}
