using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Audit;

/// <summary>Appends hash-chained rows to <c>platform.audit</c> inside the change's transaction.</summary>
public static class AuditWriter
{
    /// <summary>Writes <paramref name="entries"/>; throws, and so fails the commit, when it cannot.</summary>
    public static Task AppendAsync(Change change, IReadOnlyList<AuditEntry> entries, DateTimeOffset at, CancellationToken cancel) =>
        entries.Count == 0 ? Task.CompletedTask : throw new NotImplementedException($"{change.Caller.Name} {at} {cancel}");
}
