using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Switchyard.Gateway.Configuration.Detection;
using Switchyard.Gateway.Health;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Configuration;

/// <summary>
/// Looks at stored providers and at the environment's keys for <c>switchyard check</c>, and asks each enabled provider
/// for its models, which costs nothing: does it answer, does it accept the key?
/// </summary>
public sealed class ProviderCheck(
    SnapshotReader reader, SnapshotBuilder builder, ProviderCatalog catalog, ProviderProbe probe, IOptions<UpstreamOptions> upstream, IConfiguration configuration)
    : IConfigurationCheck
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ConfigurationProblem>> CheckAsync(CancellationToken cancel)
    {
        var problems = new List<ConfigurationProblem>();
        foreach (var found in EnvironmentScan.Read(catalog, Environment.GetEnvironmentVariable).Where(found => found.Form.ApiKey!.Any(c => c is < '!' or > '~')))
            problems.Add(new(found.Source, new Phrase("check.key.malformed"), new Phrase("check.key.copy")));
        if (Environment.GetEnvironmentVariable("AZURE_OPENAI_API_KEY") is { Length: > 0 } && Environment.GetEnvironmentVariable("AZURE_OPENAI_ENDPOINT") is null or "")
            problems.Add(new("AZURE_OPENAI_ENDPOINT", new Phrase("check.azure.endpoint"), new Phrase("check.azure.cure", ("example", "https://….openai.azure.com")), Serious: false));
        try
        {
            var providers = Stored(await reader.ReadAsync(cancel), problems);
            if (configuration.GetValue("llm:enabled", true) && configuration.GetValue("LLM_ENABLED", true))
                problems.AddRange((await Task.WhenAll(providers.Select(provider => AskAsync(provider, cancel)))).OfType<ConfigurationProblem>());
        }
        catch (Exception e) when (ExceptionProblems.IsDatabaseAway(e))
        {
            // The database has a check of its own.
        }

        return problems;
    }

    private async Task<ConfigurationProblem?> AskAsync(Provider provider, CancellationToken cancel)
    {
        var result = await probe.ProbeAsync(provider, cancel);
        return result.Ok ? null : new($"provider {provider.Name}", new Phrase("check.provider.silent", ("reason", result.Error)), new Phrase("check.provider.test"), Serious: provider.Active);
    }

    // Answers the providers that are worth asking.
    private List<Provider> Stored(SnapshotRows rows, List<ConfigurationProblem> problems)
    {
        var usable = new List<Provider>();
        var rules = new AddressRules(upstream.Value);
        var endpoints = new EndpointRules(rules);
        foreach (var tenant in rows.Providers.GroupBy(row => row.TenantId))
        {
            var faults = new List<Phrase>();
            var built = builder.Build(tenant, [], faults);
            problems.AddRange(faults.Select(fault => new ConfigurationProblem("providers", fault, new Phrase("check.provider.correct"))));
            foreach (var provider in built.Providers)
            {
                if (provider is { Enabled: true, Kind.NeedsKey: true, ApiKey: null })
                    problems.Add(new($"provider {provider.Name}", new Phrase("check.provider.keyless"), new Phrase("check.provider.key"), Serious: provider.Active));
                var refused = new List<Problem>();
                endpoints.Read(provider.Endpoint.AbsoluteUri.TrimEnd('/'), provider.Kind, provider.Mode, refused);
                if (refused.Count == 0 && provider.Enabled && (provider.ApiKey is not null || !provider.Kind.NeedsKey)) usable.Add(provider);
                problems.AddRange(refused.Select(fault => new ConfigurationProblem($"provider {provider.Name}", new Phrase("check.endpoint.refused", ("reason", new Phrase($"errors.{fault.Code}.title"))), new Phrase("check.endpoint.correct"))));
            }

            if (built.Active is null && built.Providers.Count > 0)
                problems.Add(new("providers", new Phrase("check.provider.inactive"), new Phrase("check.provider.activate"), Serious: false));
        }

        return usable;
    }
}
