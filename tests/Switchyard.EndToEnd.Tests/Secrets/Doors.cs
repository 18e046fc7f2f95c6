using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.EndToEnd.Tests.Running;

namespace Switchyard.EndToEnd.Tests.Secrets;

/// <summary>Every way in which a secret comes into the product by its clients, operators and vendors.</summary>
internal sealed class Doors(RunningGateway gateway)
{
    private static readonly string[] Models = ["openai/ok", "openai/500", "openai/400+quote", "openai/503+quote", "openai/error-after-0+quote", "anthropic/400+quote", "anthropic/error-after-0+quote", "ollama/400+quote", "no-such-model"];

    /// <summary>A door and the secret that goes through it.</summary>
    public sealed record Planted(string Door, string Secret, string Text, string Model, bool Stream, string Path);

    /// <summary>Any secret that fits, through any door.</summary>
    public static Gen<Planted> Any { get; } =
        from door in Gen.Elements("bearer", "x-api-key", "query", "cookie", "referer", "prompt", "prompt", "prompt", "broken body", "endpoint", "vendor key", "unknown field", "password")
        from secret in door is "referer" or "prompt" or "broken body" ? PlantedSecrets.Any : PlantedSecrets.Key
        from before in PlantedSecrets.Before
        from model in Gen.Elements(Models)
        from stream in Gen.Elements(true, false)
        from path in Gen.Elements("/v1/chat/completions", "/v1/messages")
        select new Planted(door, secret, before + secret, model, stream, path);

    /// <summary>Brings the secret in; returns what was answered, headers included.</summary>
    public async Task<string> PlantAsync(Planted planted)
    {
        using var request = Request(planted);
        using var http = TestHttp.Client(gateway.Server.Address);
        using var answer = await http.SendAsync(request);
        var text = $"{answer.Headers}\n{await answer.Content.ReadAsStringAsync()}";
        if (planted.Door != "vendor key" || !answer.IsSuccessStatusCode) return text;
        // A provider that refuses the key, and quotes it.
        var id = System.Text.Json.JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("id").GetGuid();
        using var tested = await gateway.Admin.PostAsJsonAsync($"/admin/config/llm/{id}/test", new { });
        return text + await tested.Content.ReadAsStringAsync();
    }

    private HttpRequestMessage Request(Planted planted) => planted.Door switch
    {
        "bearer" => With(Chat(planted, "hello"), r => r.Headers.Authorization = new AuthenticationHeaderValue("Bearer", planted.Secret)),
        "x-api-key" => With(Chat(planted, "hello"), r => { r.Headers.Authorization = null; r.Headers.Add("x-api-key", planted.Secret); }),
        "query" => With(Chat(planted, "hello"), r => r.RequestUri = new Uri($"{planted.Path}?api_key={planted.Secret}&key={planted.Secret}", UriKind.Relative)),
        "cookie" => With(Chat(planted, "hello"), r => r.Headers.Add("Cookie", $"switchyard_session={planted.Secret}")),
        "referer" => With(Chat(planted, "hello"), r => r.Headers.Add("X-Anything", Uri.EscapeDataString("x") + Ascii(planted.Text))),
        "prompt" => Chat(planted, planted.Text),
        "broken body" => With(Chat(planted, ""), r => r.Content = new StringContent($$"""{"model":"openai/ok","messages":[{"role":"user","content":"{{planted.Text}}",}""", Encoding.UTF8, "application/json")),
        "endpoint" => Provider(new { name = Name(planted), kind = "openai", endpoint = $"https://user:{planted.Secret}@models.example.com/v1", apiKey = RunningGateway.VendorKey, models = new[] { "m" } }),
        "vendor key" => Provider(new { name = Name(planted), kind = "openai-compatible", endpoint = gateway.Mock.OpenAi, mode = "local", apiKey = planted.Secret, models = new[] { "401" } }),
        "unknown field" => Provider(new { name = Name(planted), kind = "openai", apiKey = planted.Secret, models = new[] { "m" }, secretOfMine = planted.Secret }),
        _ => new HttpRequestMessage(HttpMethod.Post, "/api/session") { Content = JsonContent.Create(new { name = "nobody", password = planted.Secret }) },
    };

    private HttpRequestMessage Chat(Planted planted, string prompt) => new(HttpMethod.Post, planted.Path)
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", gateway.ClientKey) },
        Content = JsonContent.Create(new { model = planted.Model, stream = planted.Stream, max_tokens = 50, messages = new[] { new { role = "user", content = prompt } } }),
    };

    private static HttpRequestMessage Provider(object form) => new(HttpMethod.Post, "/admin/config/llm")
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", ServerProcess.AdminToken) }, Content = JsonContent.Create(form),
    };

    private static string Name(Planted planted) => "p" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(planted.Secret)))[..20];

    private static string Ascii(string text) => string.Concat(text.Select(c => c < 0x7f ? c : '?'));

    private static HttpRequestMessage With(HttpRequestMessage request, Action<HttpRequestMessage> change)
    {
        change(request);
        return request;
    }
}
