using System.Text.Json.Nodes;

namespace Switchyard.Platform.State;

/// <summary>JSON merge patch, RFC 7396. Pure: neither argument is changed.</summary>
public static class MergePatch
{
    /// <summary>
    /// <paramref name="target"/> with <paramref name="patch"/> merged in: members of an object are set, merged or,
    /// where the patch says null, removed; anything that is not an object replaces.
    /// </summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();

        var merged = target is JsonObject current ? (JsonObject)current.DeepClone() : [];
        foreach (var (name, change) in changes)
        {
            if (change is null) merged.Remove(name);
            else merged[name] = Apply(merged[name], change);
        }

        return merged;
    }

    /// <summary>Levels of nesting: 0 for a plain value, 1 for a flat object.</summary>
    public static int Depth(JsonNode? node) => node switch
    {
        JsonObject o => 1 + o.Select(member => Depth(member.Value)).DefaultIfEmpty().Max(),
        JsonArray a => 1 + a.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
