using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Contracts.Models;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Pipeline.Streaming;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.Platform.Access;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Http;
using Switchyard.Platform.Http.Inline;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Pipeline;

/// <summary>
/// Carries an HTTP request of any dialect through the pipeline: reads the body once, keeps its bytes, and writes a
/// refusal in the words of the dialect. The endpoints of <c>Wire/</c> are one line each over this.
/// </summary>
public sealed class GatewayEndpoint(GatewayPipeline pipeline, ISnapshots snapshots, DialectErrors errors, DialectProblems problems, ProviderCatalog catalog, IOptions<GatewayEndpointOptions> options, IConfiguration configuration, TimeProvider time, ILogger<GatewayEndpoint> log)
{
    private readonly bool _inline = configuration.GetValue<bool>(HostSettings.InlineCalls);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext http, Dialect dialect, RequestShape shape, UpstreamOperation operation)
    {
        var arrived = time.GetTimestamp();
        if (RequestBody.Fault(http.Request) is { } unreadable)
        {
            await problems.WriteAsync(http, unreadable);
            return;
        }

        using var body = new PooledBuffer(Size(http));
        if (!await RequestBody.ReadAsync(http, body, options.Value.MaxRequestBytes))
        {
            await problems.WriteAsync(http, new Problem("request_too_large", 413).With("max", options.Value.MaxRequestBytes));
            return;
        }

        if (body.Count > LongWork.Bytes) await Pool.Hop();
        RequestEnvelope envelope;
        try
        {
            envelope = RequestEnvelope.Read(body.Written, shape);
        }
        catch (WireFormatException e)
        {
            await problems.WriteAsync(http, WireProblems.Of(e));
            return;
        }

        var call = Call(http, dialect, operation, envelope, arrived);
        try
        {
            await pipeline.RunAsync(call, http.RequestAborted);
        }
        catch (Exception e) when (e is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested)
        {
            log.LogError(e, "Call {RequestId} failed", call.RequestId);
            if (call.Problem is null) call.Refuse(new Problem("internal_error", 500));
        }

        if (call.Problem is { } problem) await AnswerAsync(call, problem);
    }

    private GatewayCall Call(HttpContext http, Dialect dialect, UpstreamOperation operation, RequestEnvelope envelope, long arrived)
    {
        var now = time.GetUtcNow();
        var headers = http.Request.Headers;
        var id = CallId.At(now);
        return new GatewayCall
        {
            Id = id,
            RequestId = headers.ContainsKey("x-request-id") ? RequestId.Of(http) : id.ToString(),
            At = now,
            Arrived = arrived,
            Caller = http.Caller(),
            Snapshot = snapshots.Current,
            Dialect = dialect,
            Operation = operation,
            Request = envelope,
            Reply = new HttpReply(http.Response),
            Language = Language.Of(http),
            Endpoint = http.Request.Path.Value ?? "/",
            Labels = ClientLabels.Of(headers),
            ClientHeaders = ClientHeaders.Of(headers, catalog.ForwardedHeaders),
            Inline = _inline,
            Strict = headers["x-switchyard-strict"] is [{ } strict] && strict.Equals("true", StringComparison.OrdinalIgnoreCase),
        };
    }

    private async Task AnswerAsync(GatewayCall call, Problem problem)
    {
        using var output = new PooledBuffer();
        if (call.Reply.Started)
        {
            // The answer was begun as a success: only an event inside the stream can still say that it is none.
            if (call.Request.Stream) errors.WriteEvent(call.Dialect, problem, call.Language, call.RequestId, output);
        }
        else
        {
            errors.WriteBody(call.Dialect, problem, call.Language, call.RequestId, output, call.VendorError);
            call.Reply.Start(call, problem.Status, "application/json", output.Count);
        }

        call.Reply.Body.Write(output.Written.Span);
        await call.Reply.FlushAsync(CancellationToken.None);
    }

    private static int Size(HttpContext http) => (int)Math.Clamp(http.Request.ContentLength ?? 4096, 1, 1 << 20) + 1;
}

/// <summary>Settings of the model endpoints; section <c>gateway</c>.</summary>
public sealed class GatewayEndpointOptions
{
    /// <summary>Largest request body, in bytes.</summary>
    /// <value>32 MiB</value>
    public int MaxRequestBytes { get; set; } = 32 * 1024 * 1024;
}

/// <summary>Reads a request's body into one piece of memory, within a limit.</summary>
internal static class RequestBody
{
    /// <summary>Why the body cannot be read at all, told by its headers; null when it may be. No type is taken for JSON.</summary>
    public static Problem? Fault(HttpRequest request)
    {
        if (request.ContentType is { } type && !IsJson(type)) return new Problem("json_expected", 415);
        var encoding = request.Headers.ContentEncoding;
        return encoding.Count == 0 || encoding is ["identity"]
            ? null
            : new Problem("encoding_not_accepted", 415).With("encoding", HeaderValues.Encode(encoding.ToString()));
    }

    private static bool IsJson(string type)
    {
        var media = type.AsSpan();
        if (media.IndexOf(';') is >= 0 and var end) media = media[..end];
        media = media.Trim();
        return media.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    public static async ValueTask<bool> ReadAsync(HttpContext http, PooledBuffer body, int limit)
    {
        if (http.Request.ContentLength > limit) return false;
        // Our own limit counts; the server's general one is for other paths.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            foreach (var segment in read.Buffer) body.Write(segment.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (body.Count > limit) return false;
            if (read.IsCompleted) return true;
        }
    }
}

/// <summary>What a client may say about a call in headers.</summary>
internal static class ClientLabels
{
    public static CallLabels Of(IHeaderDictionary headers)
    {
        var feature = Text(headers, "x-switchyard-feature");
        var task = Text(headers, "x-switchyard-task");
        var deal = Id(headers, "x-switchyard-deal");
        var cycle = Id(headers, "x-switchyard-cycle");
        if (task is not null && !TaskTypes.All.Contains(task)) task = null;
        return feature is null && task is null && deal is null && cycle is null ? CallLabels.None : new CallLabels(feature, task, null, deal, cycle);
    }

    private static string? Text(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var value) && value is [{ Length: > 0 and <= 100 } text] && HeaderValues.IsSafe(text) ? text : null;

    private static Guid? Id(IHeaderDictionary headers, string name) => Guid.TryParse(Text(headers, name), out var id) ? id : null;
}
