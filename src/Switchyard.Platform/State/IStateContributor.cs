using System.Text.Json.Nodes;

namespace Switchyard.Platform.State;

/// <summary>
/// Keeps one component of the global state current from a module's own tables: composed anew after the events it
/// names, on one node, and published where it differs. Thread-safe.
/// </summary>
public interface IStateContributor
{
    /// <summary>The component it writes, for example <c>gateway</c>.</summary>
    string Component { get; }

    /// <summary>Event types after which the component may look different.</summary>
    IReadOnlyCollection<string> Types { get; }

    /// <summary>The component's fields for <paramref name="tenant"/>; a member that is null is removed.</summary>
    Task<JsonObject> ComposeAsync(Guid tenant, CancellationToken cancel);
}
