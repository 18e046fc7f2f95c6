using System.Text.Json;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Pipeline;

/// <summary>Every way in which a request under <c>/v1</c> can be wrong, at every endpoint, in the form that its clients read.</summary>
public sealed class RefusalTests(MigratedDatabase database) : IClassFixture<MigratedDatabase>
{
    private const string Good = """{"model":"main/ok","max_tokens":5,"input":"hi","messages":[{"role":"user","content":"hi"}]}""";

    private static int _keys;

    private static readonly string[] Paths = ["/v1/chat/completions", "/v1/messages", "/v1/embeddings"];

    // What is sent: path and key are filled in; the rest of the head, an empty line and the body are here.
    private static readonly (string Name, string Request, int Status, string Code)[] Faults =
    [
        ("no key", $"POST % HTTP/1.1\r\n{Json(Good)}", 401, "not_authenticated"),
        ("wrong key", $"POST % HTTP/1.1\r\nAuthorization: Bearer sy-wrong\r\n{Json(Good)}", 401, "not_authenticated"),
        ("key without the scope", $"POST % HTTP/1.1\r\nAuthorization: Bearer [viewer]\r\n{Json(Good)}", 403, "forbidden"),
        ("key without the model", $"POST % HTTP/1.1\r\nAuthorization: Bearer [narrow]\r\n{Json(Good)}", 403, "model_not_allowed"),
        ("unknown model", $"POST % HTTP/1.1\r\n[key]{Json(Good.Replace("main/ok", "nobody-has-it", StringComparison.Ordinal))}", 404, "model_not_found"),
        ("unknown route", $"POST %/nothing HTTP/1.1\r\n[key]{Json(Good)}", 404, "no_such_route"),
        ("other method", "DELETE % HTTP/1.1\r\n[key]\r\n", 405, "method_not_allowed"),
        ("plain text", $"POST % HTTP/1.1\r\n[key]Content-Type: text/plain\r\nContent-Length: {Good.Length}\r\n\r\n{Good}", 415, "json_expected"),
        ("a form", $"POST % HTTP/1.1\r\n[key]Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {Good.Length}\r\n\r\n{Good}", 415, "json_expected"),
        ("compressed", $"POST % HTTP/1.1\r\n[key]Content-Encoding: gzip\r\n{Json(Good)}", 415, "encoding_not_accepted"),
        ("too large, announced", "POST % HTTP/1.1\r\n[key]Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n", 413, "request_too_large"),
        ("too large, in chunks", $"POST % HTTP/1.1\r\n[key]Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n{new string(' ', 5000)}\r\n0\r\n\r\n", 413, "request_too_large"),
        ("bad chunk size", "POST % HTTP/1.1\r\n[key]Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n", 400, "body_broken"),
        ("bad chunk end", "POST % HTTP/1.1\r\n[key]Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n", 400, "body_broken"),
        ("too slow", "POST % HTTP/1.1\r\n[key]Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{", 408, "body_too_slow"),
        ("not unicode", "POST % HTTP/1.1\r\n[key]Content-Type: application/json\r\nContent-Length: 4\r\n\r\n\u00ff\u00fe{}", 400, "invalid_encoding"),
        ("not JSON", $"POST % HTTP/1.1\r\n[key]{Json("{\"model\":")}", 400, "invalid_json"),
        ("no body", "POST % HTTP/1.1\r\n[key]Content-Length: 0\r\n\r\n", 400, "invalid_json"),
        ("a list", $"POST % HTTP/1.1\r\n[key]{Json("[]")}", 400, "json_object_expected"),
        ("too deep", $"POST % HTTP/1.1\r\n[key]{Json($"{{\"model\":\"main/ok\",\"x\":{new string('[', 80)}{new string(']', 80)}}}")}", 400, "json_too_deep"),
        ("a field twice", $"POST % HTTP/1.1\r\n[key]{Json("""{"model":"main/ok","model":"main/ok"}""")}", 400, "duplicate_field"),
        ("no model", $"POST % HTTP/1.1\r\n[key]{Json("{}")}", 400, "field_required"),
        ("a wrong type", $"POST % HTTP/1.1\r\n[key]{Json("""{"model":7}""")}", 400, "invalid_type"),
        ("a number beyond all", $"POST % HTTP/1.1\r\n[key]{Json("""{"model":"main/ok","max_tokens":99999999999999999999}""")}", 400, "value_out_of_range"),
        ("all providers busy", $"POST % HTTP/1.1\r\n[key]{Json(Good.Replace("main/ok", "main/429", StringComparison.Ordinal))}", 429, "providers_busy"),
        ("all providers broken", $"POST % HTTP/1.1\r\n[key]{Json(Good.Replace("main/ok", "main/500", StringComparison.Ordinal))}", 502, "all_providers_failed"),
        ("all providers overloaded", $"POST % HTTP/1.1\r\n[key]{Json(Good.Replace("main/ok", "main/503", StringComparison.Ordinal))}", 503, "all_providers_failed"),
        ("all providers silent", $"POST % HTTP/1.1\r\n[key]{Json(Good.Replace("main/ok", "main/silent", StringComparison.Ordinal))}", 504, "all_providers_failed"),
        ("the provider refuses it", $"POST % HTTP/1.1\r\n[key]{Json(Good.Replace("main/ok", "main/422", StringComparison.Ordinal))}", 422, "provider_rejected"),
    ];

    [Fact]
    public async Task Every_fault_at_every_model_endpoint_is_said_in_the_dialect_and_the_language_of_the_client()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var node = await GatewayHost.StartAsync(database.ConnectionString, settings: new Dictionary<string, string?> { ["gateway:maxRequestBytes"] = "4096" });
        await AddProviderAsync(node, mock);
        var keys = new Dictionary<string, string>
        {
            ["[viewer]"] = await KeyAsync(node, "viewer"), ["[narrow]"] = await KeyAsync(node, "client", "other"), ["[key]"] = $"Authorization: Bearer {await KeyAsync(node, "client")}\r\n",
        };
        var wrong = new List<string>();
        await Task.WhenAll(Faults.SelectMany(fault => Paths.Select(async path =>
        {
            var request = keys.Aggregate(fault.Request.Replace("%", path, StringComparison.Ordinal), (text, key) => text.Replace(key.Key, key.Value, StringComparison.Ordinal));
            var said = Check(await SendAsync(node, request), path == "/v1/messages", fault.Status, fault.Code);
            lock (wrong) wrong.AddRange(said.Select(text => $"{path}, {fault.Name}: {text}"));
        })));
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET /v1/models", null, 401, "not_authenticated")]
    [InlineData("GET /v1/models", "viewer", 403, "forbidden")]
    [InlineData("GET /v1/models/nobody-has-it", "client", 404, "model_not_found")]
    [InlineData("POST /v1/models", "client", 405, "method_not_allowed")]
    [InlineData("GET /v1/files", "client", 404, "no_such_route")]
    public async Task The_list_of_models_and_routes_that_do_not_exist_are_refused_in_the_dialect_too(string line, string? scope, int status, string code)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var node = await GatewayHost.StartAsync(database.ConnectionString);
        await AddProviderAsync(node, mock);
        var key = scope is null ? "" : $"Authorization: Bearer {await KeyAsync(node, scope)}\r\n";
        foreach (var anthropic in line.Contains("models", StringComparison.Ordinal) ? new[] { false, true } : [false])
        {
            var answer = await SendAsync(node, $"{line} HTTP/1.1\r\n{key}{(anthropic ? "anthropic-version: 2023-06-01\r\n" : "")}Content-Length: 0\r\n\r\n");
            Check(answer, anthropic, status, code).ShouldBeEmpty();
        }
    }

    /// <summary>What is not as a client of the dialect expects it.</summary>
    private static IEnumerable<string> Check(string answer, bool anthropic, int status, string code)
    {
        if (answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) is not (> 0 and var end))
        {
            yield return $"no answer: {answer}";
            yield break;
        }

        var (head, body) = (answer[..end], answer[(end + 4)..]);
        if (!head.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal)) yield return $"expected {status}: {answer}";
        if (!head.Contains("Content-Type: application/json\r\n", StringComparison.OrdinalIgnoreCase)) yield return $"not JSON: {head}";
        if (!head.Contains("x-request-id: ", StringComparison.OrdinalIgnoreCase)) yield return $"no request id: {head}";
        if (anthropic && !head.Contains("\r\nrequest-id: ", StringComparison.OrdinalIgnoreCase)) yield return $"no request id for Anthropic's clients: {head}";
        if (status == 405 && !head.Contains("Allow: ", StringComparison.Ordinal)) yield return $"no Allow: {head}";
        if (status is 429 or 503 && !head.Contains("Retry-After: ", StringComparison.Ordinal)) yield return $"no Retry-After: {head}";
        var root = JsonElement.Parse(body);
        if (anthropic != (root.TryGetProperty("type", out var type) && type.GetString() == "error")) yield return $"another shape: {body}";
        var error = root.GetProperty("error");
        if (error.GetProperty("type").GetString() is not { Length: > 0 }) yield return $"no type: {body}";
        // The vendor's own words go before ours.
        if (code != "provider_rejected" && !error.GetProperty("message").GetString()!.Any(c => c is >= '\u4e00' and <= '\u9fff')) yield return $"not in Chinese: {body}";
        var expected = code == "not_authenticated" && !anthropic ? "invalid_api_key" : code;
        if (code != "provider_rejected" && error.GetProperty("code").GetString() != expected) yield return $"expected {expected}: {body}";
    }

    private static string Json(string body) => $"Content-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static async Task<string> SendAsync(GatewayHost node, string request)
    {
        var at = request.IndexOf("\r\n", StringComparison.Ordinal);
        var whole = $"{request[..at]}\r\nHost: test\r\nAccept-Language: zh-CN\r\nConnection: close{request[at..]}";
        using var client = await RawClient.SendAsync(node.Admin.BaseAddress!, System.Text.Encoding.Latin1.GetBytes(whole));
        return await client.ReadToEndAsync();
    }

    private static async Task AddProviderAsync(GatewayHost node, MockProviders mock)
    {
        if ((await node.SendAsync(HttpMethod.Get, "/admin/config/llm")).Body!.Value.GetProperty("items").EnumerateArray().FirstOrDefault(p => p.GetProperty("name").GetString() == "main") is { ValueKind: JsonValueKind.Object } old)
            (await node.SendAsync(HttpMethod.Delete, $"/admin/config/llm/{old.GetProperty("id").GetGuid()}")).Status.ShouldBe(204);
        var (status, body) = await node.SendAsync(HttpMethod.Post, "/admin/config/llm", new
        {
            name = "main", kind = "openai-compatible", endpoint = mock.OpenAi, mode = "local", apiKey = "sk-of-the-vendor", totalTimeoutMs = 2000,
            models = new[] { "ok", "429", "500", "503", "422", "silent" },
        });
        status.ShouldBe(201, body?.GetRawText());
        await Eventually.IsTrue(() => node.Get<Switchyard.Gateway.Configuration.ISnapshots>().Current.Tenants.Values.Any(t => t.ByName.ContainsKey("main")), "the provider is in the snapshot");
    }

    private static async Task<string> KeyAsync(GatewayHost node, string scope, params string[] models)
    {
        var (status, body) = await node.SendAsync(HttpMethod.Post, "/api/admin/keys", new { name = $"key-{scope}-{models.Length}-{Interlocked.Increment(ref _keys)}", scopes = new[] { scope }, allowedModels = models.Length == 0 ? null : models });
        status.ShouldBe(201);
        return body!.Value.GetProperty("secret").GetString()!;
    }
}
