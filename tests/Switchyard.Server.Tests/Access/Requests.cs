using System.Text;

namespace Switchyard.Server.Tests.Access;

/// <summary>Builds requests that carry a credential in a given way.</summary>
internal static class Requests
{
    // After the guard comes the body: what is no JSON is refused by whoever was let through, and changes nothing.
    private const string BrokenJson = "{\"";

    public static HttpRequestMessage Build(HttpMethod method, string path, string? secret, Carrier carrier, Uri server)
    {
        if (secret is not null && carrier == Carrier.Query)
        {
            var value = Uri.EscapeDataString(secret);
            path += $"?api_key={value}&key={value}&token={value}&access_token={value}&switchyard_session={value}";
        }

        var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get && method != HttpMethod.Delete) request.Content = new StringContent(BrokenJson, Encoding.UTF8, "application/json");
        request.Headers.Add("Origin", server.GetLeftPart(UriPartial.Authority));
        // The loopback's privilege for metrics has its own test.
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        if (secret is null) return request;
        switch (carrier)
        {
            case Carrier.Bearer:
                request.Headers.Add("Authorization", $"Bearer {secret}");
                break;
            case Carrier.ApiKeyHeader:
                request.Headers.Add("x-api-key", secret);
                break;
            case Carrier.Cookie:
                request.Headers.Add("Cookie", $"switchyard_session={secret}");
                break;
        }

        return request;
    }
}
