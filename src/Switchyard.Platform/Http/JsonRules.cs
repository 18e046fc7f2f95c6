using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.Platform.Http;

/// <summary>How JSON is read and written on <c>/api</c> and <c>/admin</c>.</summary>
public static class JsonRules
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 32;

    /// <summary>
    /// Applies the rules: camelCase, enums as kebab-case words, and nothing unexpected: unknown members and
    /// duplicate members are refused, because the last duplicate would win in silence.
    /// </summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.AllowDuplicateProperties = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = MaxDepth;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }
}
