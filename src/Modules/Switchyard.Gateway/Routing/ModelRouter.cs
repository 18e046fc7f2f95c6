using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Routing;

/// <summary>Finds the providers behind a name. Pure.</summary>
public static class ModelRouter
{
    /// <summary>The name that stands for the active provider's default model.</summary>
    public const string Default = "default";

    /// <summary>
    /// Resolves <c>provider/model</c> (that provider only), a bare model name (active provider first, then the
    /// fallback order) or <see cref="Default"/>.
    /// </summary>
    public static Result<RoutePlan> Resolve(TenantSnapshot tenant, string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && tenant.ByName.TryGetValue(name[..slash].ToLowerInvariant(), out var provider))
        {
            var model = name[(slash + 1)..];
            // A provider without a list of models is asked for whatever the client wants.
            if (model.Length > 0 && (provider.Models.Count == 0 || provider.Models.Contains(model)))
                return new RoutePlan(provider.Name, [provider], model, "explicit");
        }

        // Vendors have slashes in their own model names, so the whole name may be one.
        if (tenant.ByModel.TryGetValue(name, out var serving)) return new RoutePlan("model", serving, name, "model");
        if (name == Default && Defaults(tenant) is { Count: > 0 } defaults) return new RoutePlan(Default, defaults, null, "default");
        return Unknown(tenant, name);
    }

    /// <summary>The names to show to a client with the provider that answers first: bare ones, and <c>provider/model</c> where several serve a model.</summary>
    public static IEnumerable<(string Name, string Owner)> Listed(TenantSnapshot tenant) => tenant.ByModel
        .SelectMany(m => m.Value.Count == 1
            ? [(m.Key, m.Value[0].Name)]
            : m.Value.Select(p => ($"{p.Name}/{m.Key}", p.Name)).Prepend((m.Key, m.Value[0].Name)))
        .OrderBy(m => m.Item1, StringComparer.Ordinal);

    /// <summary>Every name a client may ask for, in a stable order.</summary>
    public static IEnumerable<string> Names(TenantSnapshot tenant) => tenant.ByModel.Keys
        .Concat(tenant.ByName.Values.SelectMany(p => p.Models, (p, model) => $"{p.Name}/{model}"))
        .Order(StringComparer.Ordinal);

    private static List<Provider> Defaults(TenantSnapshot tenant) => [.. tenant.Order.Where(p => p.Models.Count > 0)];

    private static Problem Unknown(TenantSnapshot tenant, string name)
    {
        var nearest = NearestNames.To(name, Names(tenant), 3);
        var problem = nearest.Count > 0
            ? new Problem("model_not_found", 404, "model").With("nearest", string.Join(", ", nearest))
            : new Problem("no_model_configured", 404, "model");
        return problem.With("model", name.Length <= 100 ? name : name[..100]);
    }
}
