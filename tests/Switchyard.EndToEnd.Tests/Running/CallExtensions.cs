using System.Net.Http.Json;

namespace Switchyard.EndToEnd.Tests.Running;

/// <summary>Model calls of a client.</summary>
public static class CallExtensions
{
    /// <summary>A client of the gateway.</summary>
    public static HttpClient Client(this RunningGateway gateway)
    {
        var http = TestHttp.Client(gateway.Server.Address);
        http.DefaultRequestHeaders.Authorization = new("Bearer", gateway.ClientKey);
        return http;
    }

    /// <summary>Makes one call and returns its status; 0 when no connection came about.</summary>
    public static async Task<int> CallAsync(this HttpClient http, string model = "openai/ok")
    {
        try
        {
            using var response = await http.PostAsJsonAsync("/v1/chat/completions", new { model, messages = new[] { new { role = "user", content = "Hi" } } });
            await response.Content.ReadAsByteArrayAsync();
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>What <c>/health/ready</c> says, whatever its status code.</summary>
    public static async Task<string> ReadinessAsync(this HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString()!;
    }
}
