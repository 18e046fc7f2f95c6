namespace Switchyard.Gateway.Pipeline;

/// <summary>What a call is for, as its maker says; kept in the usage record.</summary>
/// <param name="Feature">Feature that spends.</param>
/// <param name="TaskType">One of the nine task types.</param>
/// <param name="User">Person on whose behalf the call is made.</param>
/// <param name="Deal">Deal it belongs to.</param>
/// <param name="Cycle">Analysis cycle it belongs to.</param>
public sealed record CallLabels(string? Feature = null, string? TaskType = null, string? User = null, Guid? Deal = null, Guid? Cycle = null)
{
    /// <summary>Nothing said.</summary>
    public static CallLabels None { get; } = new();
}
