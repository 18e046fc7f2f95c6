using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Switchyard.Platform.Http;

/// <summary>
/// Last line of defence: an exception becomes a problem document, and a bare error status (404 from routing, 405,
/// 415) gets one too, each in the form that the path's clients read (<see cref="IProblemForm"/>).
/// </summary>
public sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            var problem = ExceptionProblems.Of(error);
            if (problem.Status >= 500) log.LogError(error, "{Method} {Path} failed ({RequestId})", http.Request.Method, http.Request.Path, RequestId.Of(http));
            http.Response.Clear();
            await ProblemResults.Of(http, problem).ExecuteAsync(http);
            return;
        }

        if (!http.Response.HasStarted && Bare(http) is { } bare) await ProblemResults.Of(http, bare).ExecuteAsync(http);
    }

    private static Problem? Bare(HttpContext http)
    {
        var response = http.Response;
        if (response.ContentLength is not null || response.ContentType is not null) return null;
        return response.StatusCode switch
        {
            404 when IsApi(http.Request.Path) => new Problem("no_such_route", 404).With("path", http.Request.Path.Value),
            405 => new Problem("method_not_allowed", 405).With("method", http.Request.Method),
            415 => new Problem("json_expected", 415),
            _ => null,
        };
    }

    private static bool IsApi(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/v1", StringComparison.Ordinal) || path.StartsWithSegments("/admin/config", StringComparison.Ordinal);
}
