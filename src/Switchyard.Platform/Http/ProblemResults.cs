using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Http;

/// <summary>Turns <see cref="Problem"/> into RFC 9457 problem details in the caller's language.</summary>
public static class ProblemResults
{
    /// <summary>
    /// The answer for <paramref name="problem"/>, with <c>code</c>, <c>field</c>, <c>cure</c>, <c>requestId</c> and all inner
    /// problems; on the paths of an <see cref="IProblemForm"/> in that form.
    /// </summary>
    public static IResult Of(HttpContext http, Problem problem)
    {
        foreach (var form in http.RequestServices.GetServices<IProblemForm>())
            if (form.Covers(http.Request.Path)) return form.Of(http, problem);

        if (problem.RetryAfter is { } wait) http.Response.Headers.RetryAfter = Seconds(wait);
        return Results.Problem(Details(http, problem));
    }

    /// <summary>The value as 200, or the problem.</summary>
    public static IResult Of<T>(HttpContext http, Result<T> result) =>
        result.Ok ? Results.Ok(result.Value) : Of(http, result.Problem);

    /// <summary>The problem document itself, for middleware that writes without a result.</summary>
    public static ProblemDetails Details(HttpContext http, Problem problem)
    {
        var messages = http.RequestServices.GetRequiredService<Messages>();
        var language = Language.Of(http);
        var details = new ProblemDetails
        {
            Type = $"/docs/errors#{problem.Code}",
            Title = ProblemText.Title(messages, language, problem),
            Detail = ProblemText.Detail(messages, language, problem),
            Status = problem.Status,
            Instance = http.Request.Path,
        };
        details.Extensions["code"] = problem.Code;
        if (problem.Field is not null) details.Extensions["field"] = problem.Field;
        if (ProblemText.Cure(messages, language, problem) is { } cure) details.Extensions["cure"] = cure;
        details.Extensions["requestId"] = RequestId.Of(http);
        if (problem.Inner.Count > 0)
        {
            details.Extensions["errors"] = problem.Inner.Select(inner => new
            {
                code = inner.Code,
                field = inner.Field,
                detail = ProblemText.Detail(messages, language, inner),
                cure = ProblemText.Cure(messages, language, inner),
            }).ToArray();
        }

        foreach (var (name, value) in problem.Extensions) details.Extensions[name] = value;
        return details;
    }

    private static string Seconds(TimeSpan wait) =>
        ((long)Math.Ceiling(Math.Max(0, wait.TotalSeconds))).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
