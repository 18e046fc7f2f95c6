using System.Text.Json.Nodes;

namespace Switchyard.Contracts.Events.State;

/// <summary>A component published fields into the global state.</summary>
/// <param name="Version">Version of the whole document after it.</param>
/// <param name="Component">The component.</param>
/// <param name="Patch">The JSON merge patch (RFC 7396); null when <paramref name="PatchOmitted"/>, or where it removes the component.</param>
/// <param name="PatchOmitted">True when the patch is too long for an event: read the state.</param>
public sealed record StateUpdated(long Version, string Component, JsonNode? Patch, bool PatchOmitted) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "state.updated";
}
