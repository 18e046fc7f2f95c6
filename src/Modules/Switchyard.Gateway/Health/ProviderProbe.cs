using Microsoft.Extensions.Options;
using Switchyard.Gateway.Configuration.Testing;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Health;

/// <summary>Asks a provider for its models, which costs nothing: does it answer, and does it accept the key?</summary>
public sealed class ProviderProbe(UpstreamClient upstream, IOptions<HealthOptions> options, TimeProvider time)
{
    private const int MaxAnswer = 64 * 1024;
    private const int LongestError = 500;

    /// <summary>One probe; never throws but for cancellation.</summary>
    public async Task<ProbeResult> ProbeAsync(Provider provider, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Min(options.Value.ProbeTimeoutSeconds, options.Value.ProbeSeconds)), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        string? error;
        try
        {
            using var request = provider.Kind.ListModels(provider);
            var answer = await UpstreamAnswer.ReadAsync(await upstream.SendAsync(provider, request, both.Token), MaxAnswer, both.Token);
            // Without a list of models (404, 405) or with a full hour (429) it is there all the same.
            error = answer.Status is (>= 200 and < 300) or 404 or 405 or 429 ? null : answer.Message(provider);
        }
        catch (Exception e) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested && e is OperationCanceledException or UpstreamException)
        {
            error = new Phrase("upstream.silent", ("seconds", options.Value.ProbeTimeoutSeconds)).Write();
        }
        catch (UpstreamException e) when (!cancel.IsCancellationRequested)
        {
            error = e.Phrase.Write();
        }

        cancel.ThrowIfCancellationRequested();
        // A phrase is short, and would not survive being cut.
        if (error?.Length > LongestError && !Phrase.TryRead(error, out _)) error = error[..LongestError];
        return new ProbeResult(error, (int)time.GetElapsedTime(started).TotalMilliseconds);
    }
}

/// <summary>What a probe found.</summary>
/// <param name="Error">What was wrong; null for a success.</param>
public sealed record ProbeResult(string? Error, int LatencyMs)
{
    /// <summary>True for a success.</summary>
    public bool Ok => Error is null;
}
