using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Configuration.Detection;

/// <summary>Reads keys from environment variables. Pure; the catalogue says which variable belongs to which kind.</summary>
public static class EnvironmentScan
{
    /// <summary>What the variables name, in the order of preference.</summary>
    /// <param name="catalog">Kinds.</param>
    /// <param name="variable">Reads a variable; null when it is not set.</param>
    public static IReadOnlyList<DetectedProvider> Read(ProviderCatalog catalog, Func<string, string?> variable)
    {
        var found = new List<DetectedProvider>();
        foreach (var kind in catalog.All.OrderBy(kind => kind.DetectionOrder).ThenBy(kind => kind.Id, StringComparer.Ordinal))
        {
            if (kind.KeyVariable is not { } name || Value(name) is not { } key) continue;
            var endpoint = kind.EndpointVariable is { } place ? Value(place) : null;
            // Azure has no address of its own: without one there is nothing to call.
            if (endpoint is null && kind.DefaultEndpoint is null) continue;
            var options = kind.Options.Where(option => option.Variable is not null)
                .Select(option => (option.Name, Value: Value(option.Variable!)))
                .Where(option => option.Value is not null)
                .ToDictionary(option => option.Name, option => option.Value);
            var models = kind.ModelsVariable is { } list ? Value(list)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null;
            found.Add(new DetectedProvider(name, "environment", new ProviderForm
            {
                Name = kind.Id,
                Kind = kind.Id,
                Endpoint = endpoint,
                Mode = endpoint is not null && endpoint.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "local" : null,
                ApiKey = key,
                Models = models is { Length: > 0 } ? models : kind.SuggestedModels,
                Options = options,
            }));
        }

        return found;

        string? Value(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }
}
