using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Switchyard.Platform.Audit;

/// <summary>
/// Last guard before the audit log: hides string values whose member name says that they are secret, and
/// anything that looks like one of our keys. Callers mask first; this catches what they forgot.
/// </summary>
public static partial class SecretMask
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "•••";

    /// <summary><paramref name="json"/> with its secrets hidden; null stays null.</summary>
    public static string? Apply(string? json)
    {
        if (json is null) return null;
        var root = JsonNode.Parse(json);
        return (Hide(null, root) ?? root)?.ToJsonString(AuditJson.Options) ?? "null";
    }

    // Returns a replacement for the node, or null when it stays (its inner parts may have been replaced).
    private static JsonValue? Hide(string? name, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (key, value) in members.ToArray())
                {
                    if (Hide(key, value) is { } hidden) members[key] = hidden;
                }

                return null;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (Hide(name, items[i]) is { } hidden) items[i] = hidden;
                }

                return null;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                var text = value.GetValue<string>();
                if (text.Length == 0) return null;
                if (name is not null && SecretName().IsMatch(name)) return JsonValue.Create(Mask);
                return KeyLike().IsMatch(text) ? JsonValue.Create(KeyLike().Replace(text, Mask)) : null;
            default:
                return null;
        }
    }

    [GeneratedRegex("(^|[a-z_-])(api_?-?key|password|secret|token|authorization|credential|private_?-?key|connection_?-?string)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SecretName();

    [GeneratedRegex("(sy|sk)-[A-Za-z0-9_-]{20,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex KeyLike();
}
