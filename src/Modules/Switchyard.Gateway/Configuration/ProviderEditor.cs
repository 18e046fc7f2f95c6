using System.Text.Json;
using Switchyard.Contracts.Events.Gateway;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Configuration;

/// <summary>Creates, changes and deletes providers: rows, audit and event in one transaction. Thread-safe.</summary>
public sealed class ProviderEditor(Database database, ProviderRules rules, SecretBox box, TimeProvider time)
{
    private const int HintLength = 4;

    // A hint of a short key would give away too much of it.
    private const int ShortestHintedKey = 12;

    /// <summary>Stores a new provider.</summary>
    /// <param name="origin">Where it comes from, for example <c>console</c>.</param>
    /// <param name="also">More to do in the same transaction; false calls it all off.</param>
    public async Task<Result<ProviderRow>> CreateAsync(
        Caller caller, ProviderForm form, string origin, CancellationToken cancel, Func<Change, ProviderRow, Task<bool>>? also = null)
    {
        var checkedForm = rules.Check(form, keyNeeded: true);
        if (!checkedForm.Ok) return checkedForm.Problem;
        var now = Now();
        var draft = checkedForm.Value;
        var row = Apply(draft, new ProviderRow { TenantId = caller.TenantId, Id = Guid.CreateVersion7(now), Kind = draft.Kind.Id, Origin = origin, CreatedAt = now }, now);

        await using var change = await database.BeginAsync(caller, cancel);
        if (!await ProviderStore.InsertAsync(change, row, cancel)) return CommonProblems.Taken("name", row.Name);
        if (also is not null && !await also(change, row)) return CommonProblems.Taken("name", row.Name);
        change.Record(ProviderAudit.Entry("create", null, row));
        change.Raise(row.Id.ToString(), new ProviderChanged(row.Id, row.Name, "created"));
        await change.CommitAsync(cancel);
        return row;
    }

    /// <summary>Replaces a provider's configuration; a key that the form leaves out stays, unless the host changes.</summary>
    /// <param name="version">Version that the change is based on; null for whatever is there.</param>
    public async Task<Result<ProviderSaved>> UpdateAsync(Caller caller, Guid id, long? version, ProviderForm form, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        if (await ProviderStore.LockAsync(change, id, cancel) is not { } before) return ProviderProblems.NotFound(id);
        if (version is not null && version != before.Version) return CommonProblems.Stale(before.Version);
        var checkedForm = rules.Check(form, keyNeeded: false);
        if (!checkedForm.Ok) return checkedForm.Problem;
        var draft = checkedForm.Value;
        if (draft.Kind.Id != before.Kind) return ProviderProblems.KindFixed(before.Kind);
        if (before.Active && !draft.Enabled) return ProviderProblems.IsActive(before.Name);

        var moved = !SameOrigin(before.Endpoint, draft.Endpoint);
        var erased = moved && before.KeySealed is not null && string.IsNullOrEmpty(draft.ApiKey);
        var after = Apply(draft, moved ? before with { KeySealed = null, KeyHint = null, KeyVersion = null } : before, Now());
        if (!await ProviderStore.UpdateAsync(change, after, cancel)) return CommonProblems.Taken("name", after.Name);
        change.Record(ProviderAudit.Entry("update", before, after));
        change.Raise(after.Id.ToString(), new ProviderChanged(after.Id, after.Name, "updated"));
        await change.CommitAsync(cancel);
        return new ProviderSaved(after, erased);
    }

    /// <summary>Deletes a provider; the active one is refused, also when it becomes active at the same moment.</summary>
    public async Task<Result<ProviderRow>> DeleteAsync(Caller caller, Guid id, long? version, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        if (await ProviderStore.DeleteAsync(change, id, version, cancel) is not { } row)
        {
            if (await ProviderStore.LockAsync(change, id, cancel) is not { } present) return ProviderProblems.NotFound(id);
            return present.Active ? ProviderProblems.IsActive(present.Name) : CommonProblems.Stale(present.Version);
        }

        change.Record(ProviderAudit.Entry("delete", row, null));
        change.Raise(row.Id.ToString(), new ProviderChanged(row.Id, row.Name, "deleted"));
        await change.CommitAsync(cancel);
        return row;
    }

    /// <summary>Whether two addresses are one place to send a key to: scheme, host and port.</summary>
    public static bool SameOrigin(string before, Uri after) =>
        Uri.TryCreate(before, UriKind.Absolute, out var old)
        && old.Scheme == after.Scheme && old.Port == after.Port
        && string.Equals(old.IdnHost, after.IdnHost, StringComparison.OrdinalIgnoreCase);

    private ProviderRow Apply(ProviderDraft draft, ProviderRow row, DateTimeOffset now)
    {
        var changed = row with
        {
            Name = draft.Name,
            Endpoint = draft.EndpointText,
            Mode = draft.Mode == DeploymentMode.Local ? "local" : "cloud",
            Models = [.. draft.Models],
            Options = JsonSerializer.Serialize(draft.Options),
            Enabled = draft.Enabled,
            ConnectTimeoutMs = draft.ConnectTimeoutMs,
            TotalTimeoutMs = draft.TotalTimeoutMs,
            Version = row.Version + 1,
            UpdatedAt = now,
        };
        return draft.ApiKey switch
        {
            null => changed,
            "" => changed with { KeySealed = null, KeyHint = null, KeyVersion = null },
            var key => changed with
            {
                KeySealed = box.Seal(key, ProviderRow.KeyScope(row.TenantId, row.Id, changed.Version)),
                KeyHint = key.Length >= ShortestHintedKey ? key[^HintLength..] : null,
                KeyVersion = changed.Version,
            },
        };
    }

    // The database keeps microseconds; what is answered must equal what is read back.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
