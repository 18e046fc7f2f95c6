using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dapper;
using Switchyard.Contracts.Events.State;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.State;

/// <summary>
/// The state that all components share: one versioned document a tenant. Whoever publishes holds its row, so that of
/// two publishers with the same <c>If-Match</c> one wins and the other is told the version that beat it. Thread-safe.
/// </summary>
public sealed partial class GlobalState(Database database, TimeProvider time)
{
    /// <summary>Components that every installation has; others go under <c>extensions</c>.</summary>
    public static IReadOnlyList<string> Components { get; } = ["center", "ml", "data", "gateway"];

    /// <summary>Most bytes of one component's JSON.</summary>
    public const int MaxComponentBytes = 256 * 1024;

    /// <summary>Most components in one document.</summary>
    public const int MaxComponents = 100;

    /// <summary>Deepest nesting of a component.</summary>
    public const int MaxDepth = 16;

    private const int MaxEventBytes = 32 * 1024;
    private const int HistoryLength = 1000;

    /// <summary>The version alone; 0 when nothing was published.</summary>
    public async Task<long> VersionAsync(Guid tenant, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "select version from platform.state where tenant_id = @tenant", new { tenant }, cancellationToken: cancel)) ?? 0;
    }

    /// <summary>The whole document.</summary>
    public async Task<StateSnapshot> ReadAsync(Guid tenant, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            "select version, updated_at as UpdatedAt, document::text as Document from platform.state where tenant_id = @tenant",
            new { tenant },
            cancellationToken: cancel));
        return row is null ? new StateSnapshot(0, null, []) : new StateSnapshot(row.Version, row.UpdatedAt, Parse(row.Document));
    }

    /// <summary>
    /// Merges <paramref name="patch"/> into what <paramref name="component"/> published before, as part of
    /// <paramref name="change"/>; null removes the component. Returns the version after it, which stays the same
    /// when nothing changes.
    /// </summary>
    /// <param name="change">The unit of work; its tenant's document is changed, its commit publishes.</param>
    /// <param name="component">Lower-case name.</param>
    /// <param name="patch">A JSON merge patch: an object, or null.</param>
    /// <param name="expected">Version that must be current; null for whatever is current.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<Result<long>> PublishAsync(Change change, string component, JsonNode? patch, long? expected, CancellationToken cancel)
    {
        if (!Name().IsMatch(component))
            return CommonProblems.Malformed("component", new Phrase("expected.name"));
        if (patch is not (null or JsonObject)) return CommonProblems.Malformed("patch", new Phrase("expected.patch"));
        if (MergePatch.Depth(patch) > MaxDepth) return new Problem("state_too_deep", 400, "patch").With("max", MaxDepth);

        var current = await LockAsync(change, cancel);
        if (expected is { } version && version != current.Version) return CommonProblems.Stale(current.Version);

        var document = Parse(current.Document);
        var (before, after) = (document[component], MergePatch.Apply(document[component], patch));
        if (JsonNode.DeepEquals(before, after)) return current.Version;
        if (Check(document, component, after) is { } problem) return problem;

        if (after is null) document.Remove(component);
        else document[component] = after;
        await StoreAsync(change, current.Version + 1, document, component, patch, cancel);
        return current.Version + 1;
    }

    private static Problem? Check(JsonObject document, string component, JsonNode? after)
    {
        var size = Encoding.UTF8.GetByteCount(after?.ToJsonString() ?? "");
        if (size > MaxComponentBytes)
            return new Problem("state_too_large", 413, "patch").With("size", size).With("max", MaxComponentBytes);
        return document.Count >= MaxComponents && !document.ContainsKey(component)
            ? CommonProblems.OutOfRange("component", 1, MaxComponents)
            : null;
    }

    private async Task<Row> LockAsync(Change change, CancellationToken cancel)
    {
        const string Sql = """
            insert into platform.state (tenant_id, version, updated_at, document) values (@tenant, 0, @now, '{}')
            on conflict (tenant_id) do nothing;
            select version, updated_at as UpdatedAt, document::text as Document
            from platform.state where tenant_id = @tenant for update
            """;
        return await change.Connection.QuerySingleAsync<Row>(new CommandDefinition(
            Sql, new { tenant = change.Caller.TenantId, now = time.GetUtcNow() }, change.Transaction, cancellationToken: cancel));
    }

    private async Task StoreAsync(Change change, long version, JsonObject document, string component, JsonNode? patch, CancellationToken cancel)
    {
        const string Sql = """
            update platform.state set version = @version, updated_at = @now, document = @document::json where tenant_id = @tenant;
            insert into platform.state_history (tenant_id, version, at, actor, component, patch)
            values (@tenant, @version, @now, @actor, @component, @patch::json);
            delete from platform.state_history where tenant_id = @tenant and version <= @version - @HistoryLength
            """;
        var text = patch?.ToJsonString() ?? "null";
        await change.Connection.ExecuteAsync(new CommandDefinition(
            Sql,
            new
            {
                tenant = change.Caller.TenantId, version, now = time.GetUtcNow(), document = document.ToJsonString(),
                actor = change.Caller.Name, component, patch = text, HistoryLength,
            },
            change.Transaction,
            cancellationToken: cancel));
        var omit = text.Length > MaxEventBytes;
        change.Raise(component, new StateUpdated(version, component, omit ? null : patch?.DeepClone(), omit));
    }

    private static JsonObject Parse(string document) => JsonNode.Parse(document) as JsonObject ?? [];

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    private sealed record Row(long Version, DateTime UpdatedAt, string Document);
}
