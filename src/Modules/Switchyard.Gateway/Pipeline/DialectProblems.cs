using Microsoft.AspNetCore.Http;
using Switchyard.Gateway.Pipeline.Streaming;
using Switchyard.Gateway.Wire;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Pipeline;

/// <summary>Problems outside of a call (no such route, not allowed, a body that cannot be read) in the words of the path's dialect.</summary>
public sealed class DialectProblems(DialectErrors errors) : IProblemForm
{
    /// <inheritdoc/>
    public bool Covers(PathString path) => path.StartsWithSegments("/v1", StringComparison.Ordinal);

    /// <inheritdoc/>
    public IResult Of(HttpContext http, Problem problem) => new Answer(this, problem);

    /// <summary>The dialect that the client of this request speaks.</summary>
    public static Dialect DialectOf(HttpRequest request) =>
        request.Path.StartsWithSegments("/v1/messages", StringComparison.Ordinal)
        || (request.Path.StartsWithSegments("/v1/models", StringComparison.Ordinal) && request.Headers.ContainsKey("anthropic-version"))
            ? Dialect.AnthropicMessages
            : Dialect.OpenAiChat;

    /// <summary>Answers with <paramref name="problem"/>.</summary>
    public async Task WriteAsync(HttpContext http, Problem problem)
    {
        using var output = new PooledBuffer();
        var (dialect, requestId) = (DialectOf(http.Request), RequestId.Of(http));
        errors.WriteBody(dialect, problem, Language.Of(http), requestId, output);
        var response = http.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/json";
        response.ContentLength = output.Count;
        ReplyHeaders.WriteRequestId(response.Headers, dialect, requestId);
        ReplyHeaders.WriteRetryAfter(response.Headers, problem);
        if (!HttpMethods.IsHead(http.Request.Method)) await response.BodyWriter.WriteAsync(output.Written);
    }

    private sealed class Answer(DialectProblems form, Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => form.WriteAsync(httpContext, problem);
    }
}
