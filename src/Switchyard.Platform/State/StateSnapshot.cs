using System.Text.Json.Nodes;

namespace Switchyard.Platform.State;

/// <summary>One version of a tenant's state.</summary>
/// <param name="Version">Grows by one with every change; 0 before the first.</param>
/// <param name="UpdatedAt">When that was; null before the first.</param>
/// <param name="Document">What each component published last, by its name.</param>
public sealed record StateSnapshot(long Version, DateTimeOffset? UpdatedAt, JsonObject Document);
