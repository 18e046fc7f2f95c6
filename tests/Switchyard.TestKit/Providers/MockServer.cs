using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Switchyard.TestKit.Providers.Dialects;

namespace Switchyard.TestKit.Providers;

/// <summary>Tells the calls apart, writes the bill, and hands each to its dialect.</summary>
internal sealed class MockServer(TimeProvider time)
{
    private static readonly OpenAiMock OpenAi = new();
    private static readonly AnthropicMock Anthropic = new();
    private static readonly OllamaMock Ollama = new();
    private static readonly string[] Models = ["ok", "echo", "unicode", "tools", "json", "tokens-100-20", "text-embedding"];
    private long _ids;

    public Bill Bill { get; } = new();

    /// <summary>Whether bodies and headers stay on the bill; off for long load runs.</summary>
    public bool KeepBodies { get; set; } = true;

    public Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        return (http.Request.Method, path) switch
        {
            ("GET", "/mock/bill") => http.Response.WriteAsJsonAsync(new { total = Bill.Total, running = Bill.Running, calls = Bill.Calls }),
            ("DELETE", "/mock/bill") => ClearAsync(http),
            ("GET", "/mock/scripts") => http.Response.WriteAsJsonAsync(Script.Words),
            ("POST", _) when path.EndsWith("/chat/completions", StringComparison.Ordinal) => ChatAsync(http, OpenAi),
            ("POST", _) when path.EndsWith("/messages", StringComparison.Ordinal) => ChatAsync(http, Anthropic),
            ("POST", "/api/chat") => ChatAsync(http, Ollama),
            ("POST", _) when path.EndsWith("/embeddings", StringComparison.Ordinal) => EmbedAsync(http),
            ("GET", "/api/tags") => ListAsync(http, Ollama),
            ("GET", "/api/version") => http.Response.WriteAsJsonAsync(new { version = "0.0.0-mock" }),
            ("GET", _) when path.EndsWith("/models", StringComparison.Ordinal) =>
                ListAsync(http, http.Request.Headers.ContainsKey("anthropic-version") ? Anthropic : OpenAi),
            _ => NotFoundAsync(http),
        };
    }

    private async Task ChatAsync(HttpContext http, MockDialect dialect)
    {
        var body = await ReadBodyAsync(http);
        MockRequest request;
        try
        {
            request = dialect.Read(JsonDocument.Parse(body).RootElement, ModelInPath(http));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            Open(http, dialect, "", false, body);
            http.Response.StatusCode = 400;
            await http.Response.WriteAsJsonAsync(dialect.Error(400, "We could not parse the JSON body of your request.", "req_0"));
            return;
        }

        var script = Script.Parse(request.Model);
        var call = Open(http, dialect, request.Model, request.Stream, body);
        var answer = MockAnswer.Compose(script, request, call.Id, time.GetUtcNow());
        await new MockReply(http, dialect, script, call, Bill, time).SendAsync(request, answer);
    }

    private async Task EmbedAsync(HttpContext http)
    {
        var body = await ReadBodyAsync(http);
        var request = JsonDocument.Parse(body).RootElement;
        var model = request.TryGetProperty("model", out var m) ? m.GetString()! : ModelInPath(http) ?? "ok";
        var call = Open(http, OpenAi, model, false, body);
        await new MockReply(http, OpenAi, Script.Parse(model), call, Bill, time).SendAsync(MockEmbeddings.Answer(request, model, call));
    }

    private async Task ListAsync(HttpContext http, MockDialect dialect)
    {
        var call = Open(http, dialect, "", false, []);
        call.Status = 200;
        await http.Response.WriteAsJsonAsync<object>(dialect.Name switch
        {
            "ollama" => new { models = Models.Select(m => new { name = m, model = m, size = 1L }) },
            "anthropic" => new
            {
                data = Models.Select(m => new { type = "model", id = m, display_name = m, created_at = "2026-01-01T00:00:00Z" }),
                has_more = false,
                first_id = Models[0],
                last_id = Models[^1],
            },
            _ => new { @object = "list", data = Models.Select(m => new { id = m, @object = "model", created = 1767225600, owned_by = "mock" }) },
        });
        Close(call, CallOutcome.Completed);
    }

    private BilledCall Open(HttpContext http, MockDialect dialect, string model, bool stream, byte[] body)
    {
        var call = new BilledCall
        {
            Id = $"mock{Interlocked.Increment(ref _ids):x8}",
            Dialect = dialect.Name,
            Path = http.Request.Path + http.Request.QueryString.Value,
            Model = model,
            Stream = stream,
            Headers = KeepBodies
                ? http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)
                : new Dictionary<string, string>(),
            Body = KeepBodies ? body : [],
            StartedAt = time.GetUtcNow(),
        };
        Bill.Add(call);
        http.Response.Headers["x-request-id"] = call.Id;
        if (dialect == Anthropic) http.Response.Headers["request-id"] = call.Id;
        return call;
    }

    private void Close(BilledCall call, CallOutcome outcome)
    {
        call.EndedAt = time.GetUtcNow();
        call.Outcome = outcome;
    }

    private async Task NotFoundAsync(HttpContext http)
    {
        var call = Open(http, OpenAi, "", false, await ReadBodyAsync(http));
        http.Response.StatusCode = call.Status = 404;
        await http.Response.WriteAsJsonAsync(OpenAi.Error(404, $"Unknown request URL: {http.Request.Method} {http.Request.Path}", call.Id));
        Close(call, CallOutcome.Faulted);
    }

    private Task ClearAsync(HttpContext http)
    {
        Bill.Clear();
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    /// <summary>Azure's classic address names the deployment in the path: <c>/openai/deployments/{model}/chat/completions</c>.</summary>
    private static string? ModelInPath(HttpContext http)
    {
        var parts = http.Request.Path.Value!.Split('/');
        var at = Array.IndexOf(parts, "deployments");
        return at >= 0 && at + 1 < parts.Length ? Uri.UnescapeDataString(parts[at + 1]) : null;
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext http)
    {
        using var copy = new MemoryStream();
        await http.Request.Body.CopyToAsync(copy, http.RequestAborted);
        return copy.ToArray();
    }
}
