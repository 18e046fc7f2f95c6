namespace Switchyard.TestKit;

/// <summary>HTTP clients for tests: no redirects, no cookies of their own, one connection pool each.</summary>
public static class TestHttp
{
    /// <summary>A client for <paramref name="address"/>; requests may name paths only.</summary>
    public static HttpClient Client(Uri address, TimeSpan? timeout = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false,
            // Who leaves in the middle of an answer leaves at once: without this the rest is read for two seconds.
            MaxResponseDrainSize = 0,
        };
#pragma warning disable RS0030 // The ban is for the product's outbound calls.
        return new HttpClient(handler) { BaseAddress = address, Timeout = timeout ?? TimeSpan.FromSeconds(60) };
#pragma warning restore RS0030
    }
}
