using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>A bounded answer of a provider: status and the beginning of its body.</summary>
/// <param name="RequestId">The vendor's own id of the call.</param>
internal sealed record UpstreamAnswer(int Status, byte[] Body, string? RequestId)
{
    /// <summary>True for 2xx.</summary>
    public bool Success => Status is >= 200 and < 300;

    /// <summary>Reads up to <paramref name="most"/> bytes of <paramref name="response"/>; disposes it.</summary>
    public static async Task<UpstreamAnswer> ReadAsync(HttpResponseMessage response, int most, CancellationToken cancel)
    {
        using var reply = await HandlerReply.OpenAsync(response, cancel);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (body.Length < most && await reply.ReadAsync(buffer, cancel) is > 0 and var read) body.Write(buffer, 0, (int)Math.Min(read, most - body.Length));
        return new UpstreamAnswer(reply.Status, body.ToArray(), reply.RequestId);
    }

    /// <summary>What the provider says went wrong, without the key.</summary>
    public string Message(Provider provider) => Words(Status, UpstreamErrorReader.Read(Body, provider.ApiKey));

    /// <summary>Puts an error of a provider into one line.</summary>
    public static string Words(int status, UpstreamError error) => Phrase.TryRead(error.Message, out _)
        ? error.Message
        : $"HTTP {status}: {error.Message}{((error.Code ?? error.Type) is { } code ? $" ({code})" : "")}";
}
