namespace Switchyard.Gateway.Wire;

/// <summary>A body that is not what its dialect allows.</summary>
public sealed class WireFormatException(string code, string? field, string message) : Exception(message)
{
    /// <summary>Stable problem code, for example <c>invalid_type</c>.</summary>
    public string Code { get; } = code;

    /// <summary>JSON path of the offending field.</summary>
    public string? Field { get; } = field;
}
