using Switchyard.Gateway.Configuration.Testing;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Configuration.Detection;

/// <summary>Looks for an Ollama on its default port of this machine.</summary>
public sealed class OllamaScan(ProviderCatalog catalog, UpstreamClient upstream, TimeProvider time)
{
    private const int MaxAnswer = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The Ollama with its models; null when none answers or it has no model yet.</summary>
    /// <param name="endpoint">Where to look; the default port when null.</param>
    public async Task<DetectedProvider?> FindAsync(string? endpoint, CancellationToken cancel)
    {
        var kind = catalog.Find("ollama")!;
        var provider = new Provider
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            TenantId = Guid.Empty,
            Name = kind.Id,
            Kind = kind,
            Endpoint = new Uri(endpoint ?? kind.DefaultEndpoint!),
            Mode = DeploymentMode.Local,
            Models = [],
            ConnectTimeout = Patience,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience * 2);
        try
        {
            using var request = kind.ListModels(provider);
            var answer = await UpstreamAnswer.ReadAsync(await upstream.SendAsync(provider, request, limit.Token), MaxAnswer, limit.Token);
            var models = answer.Success ? kind.ReadModels(answer.Body) : [];
            return models.Count == 0
                ? null
                : new DetectedProvider("ollama", "ollama", new ProviderForm { Name = kind.Id, Kind = kind.Id, Endpoint = endpoint, Models = models });
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is UpstreamException or OperationCanceledException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
