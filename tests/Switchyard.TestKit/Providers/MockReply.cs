using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Switchyard.TestKit.Providers.Dialects;

namespace Switchyard.TestKit.Providers;

/// <summary>Sends one answer as its script says, faults included, and closes its line on the bill.</summary>
internal sealed class MockReply(HttpContext http, MockDialect dialect, Script script, BilledCall call, Bill bill, TimeProvider time)
{
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(50);

    private readonly CancellationToken _gone = http.RequestAborted;

    /// <summary>Answers a chat call.</summary>
    public Task SendAsync(MockRequest request, MockAnswer answer) => GuardAsync(async () =>
    {
        if (request.Stream) await StreamAsync(request, answer);
        else await CompleteAsync(dialect.Complete(answer, script), answer.Usage);
    });

    /// <summary>Answers with a ready body (embeddings).</summary>
    public Task SendAsync(object body) => GuardAsync(() => CompleteAsync(body, call.Usage));

    private async Task GuardAsync(Func<Task> send)
    {
        try
        {
            if (script.BeforeStatus > TimeSpan.Zero) await Task.Delay(script.BeforeStatus, time, _gone);
            if (script.Has("silent")) await Task.Delay(Timeout.InfiniteTimeSpan, time, _gone);
            if (!await RefuseAsync()) await send();
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException)
        {
            Close(call.Outcome == CallOutcome.Running ? CallOutcome.Aborted : call.Outcome);
        }
    }

    /// <summary>Error statuses and answers that are none; true when that was the whole answer.</summary>
    private async Task<bool> RefuseAsync()
    {
        var status = script.ErrorStatus;
        if (script.FlakyCalls > 0 && bill.NextAttempt(call.Model) <= script.FlakyCalls) status = 503;
        if (status > 0)
        {
            AddRetryHeaders();
            await WriteAsync(status, "application/json", JsonOf(dialect.Error(status, Message(status), call.Id)));
        }
        else if (script.Has("redirect"))
        {
            http.Response.Headers.Location = "/v1/redirected/chat/completions";
            await WriteAsync(302, "text/plain", []);
        }
        else if (script.Has("error-in-200")) await WriteAsync(200, "application/json", JsonOf(dialect.Error(500, Message(500), call.Id)));
        else if (script.Has("html-200")) await WriteAsync(200, "text/html", "<!doctype html><title>Sign in to the Wi-Fi</title>"u8.ToArray());
        else if (script.Has("empty")) await WriteAsync(200, "application/json", []);
        else if (script.Has("gzip-damaged"))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await WriteAsync(200, "application/json", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xfe, 0xfd, 1, 2, 3, 4]);
        }
        else return false;

        Close(CallOutcome.Faulted);
        return true;
    }

    private async Task CompleteAsync(object body, MockUsage usage)
    {
        var bytes = JsonOf(body);
        if (script.Fault is not null)
        {
            // The half of a body is what a caller gets when the connection breaks.
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = bytes.Length;
            call.Status = 200;
            await http.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), _gone);
            await http.Response.Body.FlushAsync(_gone);
            await FaultAsync();
            return;
        }

        await WriteAsync(200, "application/json", bytes);
        call.Usage = usage;
        Close(CallOutcome.Completed);
    }

    private async Task StreamAsync(MockRequest request, MockAnswer answer)
    {
        http.Response.ContentType = dialect.StreamType;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.StatusCode = call.Status = 200;
        call.Usage = answer.Usage with { Output = 0 };
        await http.Response.Body.FlushAsync(_gone);
        if (script.BeforeFirstPiece > TimeSpan.Zero) await Task.Delay(script.BeforeFirstPiece, time, _gone);
        while (script.Has("pings"))
        {
            await http.Response.Body.WriteAsync(": still here\n\n"u8.ToArray(), _gone);
            await http.Response.Body.FlushAsync(_gone);
            await Task.Delay(TimeSpan.FromMilliseconds(20), _gone);
        }

        foreach (var frame in dialect.Stream(answer, request, script))
        {
            if (frame.IsPiece && script.Fault is not null && call.Pieces == script.FaultAfter)
            {
                await FaultAsync();
                return;
            }

            if (frame.IsPiece && call.Pieces > 0 && script.BetweenPieces > TimeSpan.Zero) await Task.Delay(script.BetweenPieces, time, _gone);
            await SendFrameAsync(frame);
            if (!frame.IsPiece) continue;
            call.Pieces++;
            call.Usage = call.Usage with { Output = Math.Min(call.Pieces, answer.Usage.Output) };
            if (call.Pieces == 2 && script.Has("malformed-sse")) await SendFrameAsync(new MockFrame(frame.Event, "{\"broken\": tru"));
        }

        call.Usage = answer.Usage;
        Close(script.Has("no-done") || script.Has("malformed-sse") ? CallOutcome.Faulted : CallOutcome.Completed);
    }

    private async Task SendFrameAsync(MockFrame frame)
    {
        _gone.ThrowIfCancellationRequested();
        var bytes = dialect.Frame(frame, script);
        var cut = script.Has("split-utf8") ? Array.FindIndex(bytes, b => b >= 0x80) + 1 : 0;
        if (cut > 0)
        {
            await http.Response.Body.WriteAsync(bytes.AsMemory(0, cut), _gone);
            await http.Response.Body.FlushAsync(_gone);
            await Task.Delay(2, _gone);
        }

        await http.Response.Body.WriteAsync(bytes.AsMemory(cut), _gone);
        await http.Response.Body.FlushAsync(_gone);
    }

    private async Task FaultAsync()
    {
        // A flush only hands bytes to the transport; what the script promised must be on the wire before the break.
        await Task.Delay(Drain, _gone);
        switch (script.Fault)
        {
            case "stall":
                await Task.Delay(Timeout.InfiniteTimeSpan, time, _gone);
                break;
            case "error":
                await SendFrameAsync(dialect.ErrorFrame("Overloaded", call.Id));
                break;
            case "rst":
                http.Abort();
                break;
            case "cut":
                // FIN after what was written; the chunked body stays without its end.
                http.Features.Get<IConnectionSocketFeature>()!.Socket.Shutdown(SocketShutdown.Send);
                Close(CallOutcome.Faulted);
                await Task.Delay(TimeSpan.FromSeconds(5), _gone).ContinueWith(_ => { }, TaskScheduler.Default);
                http.Abort();
                break;
        }

        Close(CallOutcome.Faulted);
    }

    private void AddRetryHeaders()
    {
        var headers = http.Response.Headers;
        var seconds = script.RetrySeconds.ToString(CultureInfo.InvariantCulture);
        var at = time.GetUtcNow().AddSeconds(script.RetrySeconds);
        switch (script.RetryForm)
        {
            case "retry-after":
                headers.RetryAfter = seconds;
                break;
            case "retry-date":
                headers.RetryAfter = at.ToString("R", CultureInfo.InvariantCulture);
                break;
            case "reset" when dialect.Name == "anthropic":
                headers["anthropic-ratelimit-requests-reset"] = at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
                break;
            case "reset":
                headers["x-ratelimit-reset-requests"] = seconds + "s";
                break;
        }
    }

    /// <summary>As vendors do, a refused key is quoted in the message: whoever passes it on leaks it.</summary>
    private string Message(int status)
    {
        var key = http.Request.Headers["x-api-key"].ToString() is { Length: > 0 } own ? own
            : http.Request.Headers["api-key"].ToString() is { Length: > 0 } azure ? azure
            : http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (script.Has("quote")) return $"I cannot work with {call.Text}";
        return status switch
        {
            401 or 403 => $"Incorrect API key provided: {key}. You can find your API key in your account.",
            429 => "Rate limit reached for requests.",
            529 => "Overloaded",
            _ => "The server had an error while processing your request.",
        };
    }

    private async Task WriteAsync(int status, string type, byte[] body)
    {
        http.Response.StatusCode = call.Status = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, _gone);
        await http.Response.Body.FlushAsync(_gone);
    }

    private void Close(CallOutcome outcome)
    {
        call.EndedAt ??= time.GetUtcNow();
        call.Outcome = outcome;
    }

    private static byte[] JsonOf(object body) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body, MockAnswer.Json));
}
