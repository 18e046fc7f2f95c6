using System.Collections.Frozen;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Switchyard.Platform.Flags;

/// <summary>All flags of all tenants at one moment, overrides applied. Immutable.</summary>
public sealed class FlagSet
{
    private readonly FrozenDictionary<(Guid Tenant, string Name), Flag> _flags;
    private readonly FrozenDictionary<string, FeatureDefinition> _definitions;

    /// <summary>Prepares the definitions that the feature manager works from.</summary>
    public FlagSet(IEnumerable<(Guid Tenant, Flag Flag)> flags)
    {
        _flags = flags.ToFrozenDictionary(f => (f.Tenant, f.Flag.Name), f => f.Flag);
        _definitions = _flags.ToFrozenDictionary(f => Feature(f.Key.Tenant, f.Key.Name), f => Define(f.Key.Tenant, f.Value));
    }

    /// <summary>No flags.</summary>
    public static FlagSet Empty { get; } = new([]);

    /// <summary>All definitions.</summary>
    public IEnumerable<FeatureDefinition> Definitions => _definitions.Values;

    /// <summary>Everything, for the copy on disk.</summary>
    public IEnumerable<(Guid Tenant, Flag Flag)> All => _flags.Select(f => (f.Key.Tenant, f.Value));

    /// <summary>Name under which the feature manager knows a tenant's flag.</summary>
    public static string Feature(Guid tenant, string name) => $"{tenant:N}/{name}";

    /// <summary>A tenant's flag; null for none.</summary>
    public Flag? Find(Guid tenant, string name) => _flags.GetValueOrDefault((tenant, name));

    /// <summary>A definition; null for none.</summary>
    public FeatureDefinition? Definition(string feature) => _definitions.GetValueOrDefault(feature);

    private static FeatureDefinition Define(Guid tenant, Flag flag) => new()
    {
        Name = Feature(tenant, flag.Name),
        Status = flag.Kill ? FeatureStatus.Disabled : FeatureStatus.Conditional,
        EnabledFor = flag.State switch
        {
            Flag.On => [new FeatureFilterConfiguration { Name = "AlwaysOn" }],
            Flag.Share =>
            [
                new FeatureFilterConfiguration
                {
                    Name = "Microsoft.Targeting",
                    ParametersObject = new TargetingFilterSettings
                    {
                        Audience = new Audience { Users = [.. flag.Targets], Groups = [], DefaultRolloutPercentage = (double)flag.Percentage },
                    },
                },
            ],
            _ => [],
        },
    };
}
