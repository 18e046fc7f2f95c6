using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Gateway.Models;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Configuration.Detection;

/// <summary>
/// At start, beside it: puts the price list into the database, and makes providers of the keys in the environment and
/// of a local Ollama. Each is taken up once; a provider that somebody deletes does not come back.
/// </summary>
public sealed class ProviderDetection(
    ProviderCatalog catalog,
    OllamaScan ollama,
    DetectionStore store,
    ProviderEditor editor,
    ProviderSwitch switcher,
    PriceStore prices,
    SnapshotStore snapshots,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<ProviderDetection> log) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);
    private static readonly Caller Caller = Caller.System(Tenants.Default);
    private bool _done;

    /// <summary>True once everything was looked at.</summary>
    public bool Done => Volatile.Read(ref _done);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await prices.SeedAsync(stoppingToken);
                if (configuration.GetValue("gateway:detect", true)) await DetectAsync(stoppingToken);
                Volatile.Write(ref _done, true);
                return;
            }
            catch (Exception e) when (ExceptionProblems.IsDatabaseAway(e))
            {
                await Task.Delay(Retry, time, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Providers could not be detected; add them in the console");
                return;
            }
        }
    }

    private async Task DetectAsync(CancellationToken cancel)
    {
        var known = (await store.ListAsync(Caller.TenantId, cancel)).Select(row => row.Source).ToHashSet();
        var found = EnvironmentScan.Read(catalog, Environment.GetEnvironmentVariable).ToList();
        if (!known.Contains("ollama") && snapshots.Current.CallsEnabled && await ollama.FindAsync(configuration["gateway:ollamaEndpoint"], cancel) is { } local) found.Add(local);
        foreach (var detected in found.Where(detected => !known.Contains(detected.Source))) await TakeUpAsync(detected, cancel);
    }

    /// <summary>Makes a provider of what was found; the first that passes its test becomes active where none is.</summary>
    internal async Task TakeUpAsync(DetectedProvider detected, CancellationToken cancel)
    {
        var created = await editor.CreateAsync(Caller, detected.Form, detected.Origin, cancel, (change, row) => store.NoteAsync(change, detected.Source, row.Id, cancel));
        if (!created.Ok)
        {
            // The value of a variable is never logged, only its name.
            log.LogWarning("{Source} did not become a provider: {Code}", detected.Source, created.Problem.Inner is [var first, ..] ? first.Code : created.Problem.Code);
            return;
        }

        log.LogInformation("{Source} became the provider {Provider}", detected.Source, created.Value.Name);
        await snapshots.RefreshAsync(cancel);
        if (snapshots.Current.Tenants.GetValueOrDefault(Caller.TenantId)?.Active is not null) return;
        var activated = await switcher.ActivateAsync(Caller, created.Value.Id, Language.English, cancel);
        if (activated.Ok) await snapshots.RefreshAsync(cancel);
        else log.LogWarning("The provider {Provider} did not pass its test and is not active", created.Value.Name);
    }
}
