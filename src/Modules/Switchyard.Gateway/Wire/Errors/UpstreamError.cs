namespace Switchyard.Gateway.Wire.Errors;

/// <summary>What a vendor said went wrong, secrets removed.</summary>
/// <param name="Type">The vendor's class, for example <c>rate_limit_error</c>; null when it gave none.</param>
/// <param name="Code">The vendor's code, for example <c>context_length_exceeded</c>; null when it gave none.</param>
/// <param name="Message">The vendor's text, at most 1,000 characters on one line.</param>
/// <param name="Param">Field the vendor blames.</param>
/// <param name="RequestId">The vendor's id of the call, as far as the body tells it.</param>
public sealed record UpstreamError(string? Type, string? Code, string Message, string? Param = null, string? RequestId = null)
{
    /// <summary>The same, each text fit to be shown and kept.</summary>
    /// <param name="secrets">Keys in use, removed wherever they stand.</param>
    internal UpstreamError Cleaned(params ReadOnlySpan<string?> secrets) => new(
        Type is null ? null : ErrorText.Clean(Type, secrets),
        Code is null ? null : ErrorText.Clean(Code, secrets),
        ErrorText.Clean(Message, secrets),
        Param is null ? null : ErrorText.Clean(Param, secrets),
        RequestId is null ? null : ErrorText.Clean(RequestId, secrets));
}
