namespace Switchyard.Gateway.Wire.Errors;

/// <summary>Error types of the dialects by HTTP status, as their official clients expect them.</summary>
public static class ErrorTypes
{
    /// <summary>The type that <paramref name="dialect"/> gives to <paramref name="status"/>.</summary>
    public static string For(Dialect dialect, int status) => dialect == Dialect.AnthropicMessages ? Anthropic(status) : OpenAi(status);

    /// <summary>The code that the dialect's clients know for what we call <paramref name="code"/>; our own where they know none.</summary>
    public static string Code(Dialect dialect, string code) =>
        dialect == Dialect.OpenAiChat && code == "not_authenticated" ? "invalid_api_key" : code;

    private static string OpenAi(int status) => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        408 or 504 => "timeout_error",
        429 => "rate_limit_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };

    private static string Anthropic(int status) => status switch
    {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        408 or 504 => "timeout_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        503 or 529 => "overloaded_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}
