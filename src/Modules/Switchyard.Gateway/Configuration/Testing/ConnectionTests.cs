using System.Text.Json;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>Tests stored providers and unsaved forms.</summary>
public sealed class ConnectionTests(
    ProviderStore store, ProviderRules rules, SnapshotBuilder builder, ISnapshots snapshots, ConnectionTester tester, TimeProvider time)
{
    /// <summary>Tests a stored provider and remembers the outcome with it.</summary>
    public async Task<Result<ConnectionReport>> StoredAsync(Caller caller, Guid id, string language, CancellationToken cancel)
    {
        if (!snapshots.Current.CallsEnabled) return ProviderProblems.CallsOff;
        if (await store.FindAsync(caller.TenantId, id, cancel) is not { } row) return ProviderProblems.NotFound(id);
        var provider = Ready(row);
        if (!provider.Ok) return provider.Problem;
        return await TestAsync(caller, row, provider.Value, language, cancel);
    }

    /// <summary>Tests a stored row that was already made ready, and remembers the outcome.</summary>
    public async Task<ConnectionReport> TestAsync(Caller caller, ProviderRow row, Provider provider, string language, CancellationToken cancel)
    {
        var report = await tester.TestAsync(caller, provider, language, cancel);
        var summary = JsonSerializer.Serialize(new { report.Ok, report.At, report.LatencyMs, FailedStep = report.Failed?.Name, report.Failed?.Message }, JsonSerializerOptions.Web);
        await store.SaveTestAsync(row.TenantId, row.Id, summary, cancel);
        return report;
    }

    /// <summary>Tests a form without storing anything.</summary>
    public async Task<Result<ConnectionReport>> UnsavedAsync(Caller caller, ConnectionTestForm form, string language, CancellationToken cancel)
    {
        if (!snapshots.Current.CallsEnabled) return ProviderProblems.CallsOff;
        var stored = form.Id is { } id ? await store.FindAsync(caller.TenantId, id, cancel) : null;
        if (form.Id is { } unknown && stored is null) return ProviderProblems.NotFound(unknown);
        var checkedForm = rules.Check(form, keyNeeded: stored?.KeySealed is null);
        if (!checkedForm.Ok) return checkedForm.Problem;

        var draft = checkedForm.Value;
        var key = draft.ApiKey;
        if (string.IsNullOrEmpty(key) && stored?.KeySealed is not null)
        {
            // The stored key goes nowhere but to where it was entered for.
            if (draft.Kind.Id != stored.Kind || !ProviderEditor.SameOrigin(stored.Endpoint, draft.Endpoint))
            {
                if (draft.Kind.NeedsKey) return CommonProblems.Invalid([CommonProblems.Required("apiKey")]);
            }
            else
            {
                var ready = Ready(stored);
                if (!ready.Ok) return ready.Problem;
                key = ready.Value.ApiKey;
            }
        }

        return await tester.TestAsync(caller, Provider(caller, draft, key), language, cancel);
    }

    /// <summary>A stored provider as the pipeline would use it; a problem when it cannot be used at all.</summary>
    public Result<Provider> Ready(ProviderRow row)
    {
        var faults = new List<Phrase>();
        var built = builder.Build([row], [], faults);
        if (built.Providers.Count == 0) return ProviderProblems.Unusable(row.Name);
        var provider = built.Providers[0];
        return provider is { Kind.NeedsKey: true, ApiKey: null } ? ProviderProblems.NeedsKey(row.Name) : provider;
    }

    private Provider Provider(Caller caller, ProviderDraft draft, string? key) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        TenantId = caller.TenantId,
        Name = draft.Name,
        Kind = draft.Kind,
        Endpoint = new Uri(draft.EndpointText),
        Mode = draft.Mode,
        ApiKey = string.IsNullOrEmpty(key) ? null : key,
        Models = draft.Models,
        Options = draft.Options,
        ConnectTimeout = TimeSpan.FromMilliseconds(draft.ConnectTimeoutMs),
        TotalTimeout = TimeSpan.FromMilliseconds(draft.TotalTimeoutMs),
    };
}
