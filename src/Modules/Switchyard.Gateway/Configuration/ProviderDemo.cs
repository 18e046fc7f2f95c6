using Switchyard.Gateway.Models;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Access;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Operations;

namespace Switchyard.Gateway.Configuration;

/// <summary>The demo's provider: a simulator with several models and prices, active when nothing real is.</summary>
public sealed class ProviderDemo(
    ProviderStore store, ProviderEditor editor, ProviderSwitch switcher, PriceEditor prices, ProviderCatalog catalog, SnapshotStore snapshots) : IDemoData
{
    private const string ProviderName = "simulator";
    private static readonly Caller Caller = Caller.System(Tenants.Default);

    /// <inheritdoc/>
    public string Name => "providers";

    /// <inheritdoc/>
    public async Task<int> LoadAsync(CancellationToken cancel)
    {
        var providers = await store.ListAsync(Caller.TenantId, cancel);
        if (providers.Any(row => row.Kind == ProviderName)) return 0;
        var created = await editor.CreateAsync(
            Caller, new ProviderForm { Name = ProviderName, Kind = ProviderName, Models = catalog.Find(ProviderName)!.SuggestedModels }, "demo", cancel);
        if (!created.Ok) return 0;
        // Invented figures, and the source says so: without them every cost in the demo would read 'unknown'.
        await prices.AddAsync(Caller, [Price("*", 1, 4), Price("sim-fast", 0.2m, 0.8m), Price("sim-powerful", 5, 20), Price("sim-embedding", 0.1m, 0)], cancel);
        await snapshots.RefreshAsync(cancel);
        if (!providers.Any(row => row.Active)) await switcher.ActivateAsync(Caller, created.Value.Id, Language.English, cancel);
        await snapshots.RefreshAsync(cancel);
        return 1;
    }

    private static PriceForm Price(string model, decimal input, decimal output) =>
        new() { Provider = ProviderName, Model = model, Currency = "USD", Input = input, Output = output, Source = "demo: invented" };
}
