using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.FeatureManagement;
using Switchyard.Contracts.Events.Platform;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Storage.Postgres;
using Switchyard.Platform.Storage.Snapshots;

namespace Switchyard.Platform.Flags;

/// <summary>The flags in memory, and the place where the feature manager finds their definitions.</summary>
public sealed class FlagRing(
    Database database, FlagOverrides overrides, IEventFeed feed, IOptions<AccessOptions> options, TimeProvider time, ILogger<FlagRing> log)
    : LiveSnapshot<FlagSet>(feed, time, log), IFeatureDefinitionProvider
{
    private readonly LastGoodFile<Copy[]> _file = new(options.Value.FileIn("flags.json"), log);

    /// <inheritdoc/>
    protected override FlagSet Empty { get; } = new(Override([], overrides));

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Events { get; } = [FlagChanged.Type];

    /// <inheritdoc/>
    public Task<FeatureDefinition> GetFeatureDefinitionAsync(string featureName) => Task.FromResult(Current.Definition(featureName))!;

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeatureDefinition> GetAllFeatureDefinitionsAsync()
    {
        await Task.CompletedTask;
        foreach (var definition in Current.Definitions) yield return definition;
    }

    /// <inheritdoc/>
    protected override async Task<FlagSet> LoadAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<FlagRow>(new CommandDefinition($"select {FlagRow.Columns} from platform.flags", cancellationToken: cancel));
        return new FlagSet(Override([.. rows.Select(r => (r.TenantId, r.ToFlag()))], overrides));
    }

    /// <inheritdoc/>
    protected override FlagSet? LoadLastGood() =>
        _file.Read() is { } copies ? new FlagSet(Override([.. copies.Select(c => (c.Tenant, c.Flag))], overrides)) : null;

    /// <inheritdoc/>
    protected override void SaveLastGood(FlagSet value) =>
        _file.Write([.. value.All.Where(f => f.Flag.Version > 0).OrderBy(f => f.Tenant).ThenBy(f => f.Flag.Name, StringComparer.Ordinal).Select(f => new Copy(f.Tenant, f.Flag))]);

    // The kill switch stays above the environment: it is there for the moment when everything else is wrong.
    private static IEnumerable<(Guid Tenant, Flag Flag)> Override(IReadOnlyList<(Guid Tenant, Flag Flag)> flags, FlagOverrides overrides)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (tenant, flag) in flags)
        {
            var forced = overrides.Of(flag.Name);
            if (tenant == Tenants.Default && forced is not null) known.Add(FlagOverrides.VariableOf(flag.Name));
            yield return (tenant, forced is { } f ? flag with { State = f.State, Percentage = f.Percentage, Source = "environment" } : flag);
        }

        foreach (var name in overrides.Names.Where(n => !known.Contains(FlagOverrides.VariableOf(n))))
        {
            var (state, percentage) = overrides.Of(name)!.Value;
            yield return (Tenants.Default, new Flag(name, "", state, percentage, [], false, DateTimeOffset.UnixEpoch, "environment", 0, "environment"));
        }
    }

    private sealed record Copy(Guid Tenant, Flag Flag);
}
