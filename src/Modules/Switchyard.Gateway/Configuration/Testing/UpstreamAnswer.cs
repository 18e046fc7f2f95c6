using System.Text;
using System.Text.Json;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>A bounded answer of a provider: status and the beginning of its body.</summary>
internal sealed record UpstreamAnswer(int Status, byte[] Body)
{
    private const int LongestMessage = 4_000;

    /// <summary>True for 2xx.</summary>
    public bool Success => Status is >= 200 and < 300;

    /// <summary>Reads up to <paramref name="most"/> bytes of <paramref name="response"/>; disposes it.</summary>
    public static async Task<UpstreamAnswer> ReadAsync(HttpResponseMessage response, int most, CancellationToken cancel)
    {
        using var reply = await HandlerReply.OpenAsync(response, cancel);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (body.Length < most && await reply.ReadAsync(buffer, cancel) is > 0 and var read) body.Write(buffer, 0, (int)Math.Min(read, most - body.Length));
        return new UpstreamAnswer(reply.Status, body.ToArray());
    }

    /// <summary>What the provider says went wrong: its error message where there is one, else the text itself; without the key.</summary>
    public string Message(Provider provider) => $"HTTP {Status}: {Clean(FromJson() ?? Encoding.UTF8.GetString(Body), provider)}";

    /// <summary>True when a 2xx is JSON and reports no error: some servers answer 200 with a web page or an error body.</summary>
    public bool IsGoodJson()
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && !(document.RootElement.TryGetProperty("error", out var error) && error.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A text safe to show: no key, no control characters, bounded.</summary>
    public static string Clean(string text, Provider provider)
    {
        if (provider.ApiKey is { Length: > 0 } key) text = text.Replace(key, "•••", StringComparison.Ordinal).Replace(Uri.EscapeDataString(key), "•••", StringComparison.Ordinal);
        var clean = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        return clean.Length > LongestMessage ? clean[..LongestMessage] + "…" : clean;
    }

    // {error:{message}}, {error:"…"}, {message}, {error_msg} (Baidu), {detail} (vLLM, proxies), [{error:…}] (Gemini)
    private string? FromJson()
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0) root = root[0];
            return root.ValueKind == JsonValueKind.Object ? Find(root) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Find(JsonElement root)
    {
        if (root.TryGetProperty("error", out var error))
        {
            if (error.ValueKind == JsonValueKind.String) return error.GetString();
            if (error.ValueKind == JsonValueKind.Object && Text(error, "message") is { } message)
                return (Text(error, "code") ?? Text(error, "type")) is { } code ? $"{message} ({code})" : message;
        }

        return Text(root, "message") ?? Text(root, "error_msg") ?? Text(root, "detail");
    }

    private static string? Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
