using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Access;

/// <summary>Writes a refusal in the form that the client of this path understands.</summary>
internal static class Refusals
{
    public static Task WriteAsync(HttpContext http, Problem problem)
    {
        if (problem.Status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        var path = http.Request.Path;
        if (path.StartsWithSegments("/v1/messages", StringComparison.Ordinal)) return WriteAnthropicAsync(http, problem);
        return path.StartsWithSegments("/v1", StringComparison.Ordinal)
            ? WriteOpenAiAsync(http, problem)
            : ProblemResults.Of(http, problem).ExecuteAsync(http);
    }

    private static Task WriteOpenAiAsync(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        http.Response.Headers["x-request-id"] = RequestId.Of(http);
        return http.Response.WriteAsJsonAsync(new
        {
            error = new
            {
                message = Text(http, problem),
                type = problem.Status == 401 ? "invalid_request_error" : "permission_error",
                param = (string?)null,
                code = problem.Status == 401 ? "invalid_api_key" : problem.Code,
            },
        });
    }

    private static Task WriteAnthropicAsync(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        http.Response.Headers["request-id"] = http.Response.Headers["x-request-id"] = RequestId.Of(http);
        return http.Response.WriteAsJsonAsync(new
        {
            type = "error",
            error = new { type = problem.Status == 401 ? "authentication_error" : "permission_error", message = Text(http, problem) },
            request_id = RequestId.Of(http),
        });
    }

    private static string Text(HttpContext http, Problem problem)
    {
        var messages = http.RequestServices.GetRequiredService<Messages>();
        var language = Language.Of(http);
        var detail = ProblemText.Detail(messages, language, problem);
        return ProblemText.Cure(messages, language, problem) is { } cure ? $"{detail} {cure}" : detail;
    }
}
