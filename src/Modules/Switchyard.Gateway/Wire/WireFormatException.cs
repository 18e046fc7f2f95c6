using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Wire;

/// <summary>A body that is not what its dialect allows.</summary>
/// <param name="code">Problem code; its texts stand in the message resources.</param>
/// <param name="field">JSON path of the offending field.</param>
/// <param name="message">For logs, in English.</param>
public sealed class WireFormatException(string code, string? field, string message) : Exception(message)
{
    /// <summary>Stable problem code, for example <c>invalid_type</c>.</summary>
    public string Code { get; } = code;

    /// <summary>JSON path of the offending field.</summary>
    public string? Field { get; } = field;

    /// <summary>What was wrong, to be said in the language of whoever reads it.</summary>
    public Phrase Phrase => new($"errors.{Code}.detail", [.. Args.Select(a => (a.Key, a.Value)), .. Args.ContainsKey("field") ? Array.Empty<(string, object?)>() : [("field", Field)]]);

    /// <summary>Values for the placeholders of the localised texts.</summary>
    public IReadOnlyDictionary<string, object?> Args { get; init; } = new Dictionary<string, object?>();
}
