using Microsoft.AspNetCore.Http;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.Access;

/// <summary>Writes a refusal in the form that the client of this path understands.</summary>
internal static class Refusals
{
    public static Task WriteAsync(HttpContext http, Problem problem)
    {
        if (problem.Status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemResults.Of(http, problem).ExecuteAsync(http);
    }
}
