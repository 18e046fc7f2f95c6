namespace Switchyard.Gateway.Wire.Errors;

/// <summary>An error on its way to a client, before it takes the shape of a dialect.</summary>
/// <param name="Status">HTTP status; also chooses the dialect's error type.</param>
/// <param name="Code">Stable machine code, for example <c>budget_exceeded</c>.</param>
/// <param name="Message">Localised text: what was wrong and how to mend it.</param>
/// <param name="Field">Offending field of the request.</param>
/// <param name="RequestId">Our id of the request.</param>
public sealed record WireError(int Status, string Code, string Message, string? Field = null, string? RequestId = null)
{
    /// <summary>Overrides the type chosen by <see cref="Status"/>, for example the vendor's own.</summary>
    public string? Type { get; init; }

    /// <summary>Further members of the error object, for example <c>attempts</c>; plain data that serialises to JSON.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; init; } = new Dictionary<string, object?>();
}
