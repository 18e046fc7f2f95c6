using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.Platform.Audit;

/// <summary>How states are written into the audit log.</summary>
public static class AuditJson
{
    /// <summary>camelCase, enums as words, every language's letters readable.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>The JSON of a state; null for no state.</summary>
    public static string? Of<T>(T? state)
        where T : class => state is null ? null : JsonSerializer.Serialize(state, Options);
}
