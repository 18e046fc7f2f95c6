using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Gateway.Providers.Simulation;

/// <summary>An OpenAI-compatible server inside the process. Thread-safe; deterministic but for time.</summary>
public sealed class SimulatorHandler(TimeProvider time) : HttpMessageHandler
{
    private const int EmbeddingSize = 64;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.EndsWith("/models", StringComparison.Ordinal)) return Json(HttpStatusCode.OK, Models());

        JsonObject? body;
        try
        {
            var bytes = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            body = JsonNode.Parse(bytes) as JsonObject;
        }
        catch (JsonException)
        {
            body = null;
        }

        if (body?["model"] is not JsonValue named || !named.TryGetValue<string>(out var model))
            return Json(HttpStatusCode.BadRequest, Error("invalid_request_error", "The body needs a model."));

        var script = SimulatorScript.Of(model);
        if (script.Fault == SimulatorFault.Silent) await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        await Task.Delay(script.FirstToken, time, cancellationToken);
        if (script.Fault == SimulatorFault.Status) return Refusal(script.Status);
        if (path.EndsWith("/embeddings", StringComparison.Ordinal)) return Json(HttpStatusCode.OK, Embeddings(model, body));

        var answer = new SimulatorAnswer(model, script, body, time.GetUtcNow());
        if (body["stream"] is JsonValue stream && stream.TryGetValue<bool>(out var streams) && streams)
        {
            return Marked(new HttpResponseMessage(HttpStatusCode.OK) { Content = new SimulatorStream(answer, time) });
        }

        return Json(HttpStatusCode.OK, answer.Whole());
    }

    private static HttpResponseMessage Refusal(int status)
    {
        var type = status switch { 429 => "rate_limit_error", 401 => "authentication_error", < 500 => "invalid_request_error", _ => "server_error" };
        var response = Json((HttpStatusCode)status, Error(type, $"This is a simulator; the model's name asks for status {status}."));
        if (status is 429 or 503) response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(1));
        return response;
    }

    internal static JsonObject Error(string type, string message) =>
        new() { ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["code"] = "simulated" } };

    private static JsonObject Models() => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. SimulatorScript.Names.Select(name => new JsonObject { ["id"] = name, ["object"] = "model", ["owned_by"] = "simulator" })]),
    };

    private static JsonObject Embeddings(string model, JsonObject body)
    {
        string[] inputs = body["input"] switch
        {
            JsonArray many => [.. many.Select(one => one?.ToString() ?? "")],
            { } one => [one.ToString()],
            null => [""],
        };
        var tokens = inputs.Sum(SimulatorAnswer.Count);
        return new JsonObject
        {
            ["object"] = "list",
            ["model"] = model,
            ["data"] = new JsonArray([.. inputs.Select((text, i) => new JsonObject
            {
                ["object"] = "embedding",
                ["index"] = i,
                ["embedding"] = new JsonArray([.. SimulatorEmbedding.Of(text, EmbeddingSize).Select(x => JsonValue.Create(x))]),
            })]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        };
    }

    private static HttpResponseMessage Json(HttpStatusCode status, JsonObject body)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Marked(new HttpResponseMessage(status) { Content = content });
    }

    private static HttpResponseMessage Marked(HttpResponseMessage response)
    {
        response.Headers.Add("x-simulator", "true");
        return response;
    }
}
