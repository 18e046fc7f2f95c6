using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using Switchyard.Contracts.Flags;

namespace Switchyard.Platform.Flags;

/// <summary>Evaluates flags through Microsoft.FeatureManagement over the flags in memory. Thread-safe.</summary>
public sealed class FeatureFlags : IFlags
{
    private readonly FlagRing _ring;
    private readonly FeatureManager _features;

    /// <summary>Sets the feature manager up with its targeting filter, which hashes feature and key.</summary>
    public FeatureFlags(FlagRing ring, ILoggerFactory logs)
    {
        _ring = ring;
        _features = new FeatureManager(ring, new FeatureManagementOptions())
        {
            FeatureFilters = [new ContextualTargetingFilter(Options.Create(new TargetingEvaluationOptions()), logs)],
        };
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsOnAsync(Guid tenantId, string name, string key, CancellationToken cancel)
    {
        // Most flags that code asks for do not exist, or are plainly on or off.
        var flag = _ring.Current.Find(tenantId, name);
        if (flag is null || flag.Kill || flag.State == Flag.Off) return new(false);
        return flag.State == Flag.On
            ? ValueTask.FromResult(true)
            : _features.IsEnabledAsync(FlagSet.Feature(tenantId, name), new TargetingContext { UserId = key }, cancel);
    }

    /// <summary>The answer for a key, with its reason.</summary>
    public async Task<FlagEvaluation> EvaluateAsync(Guid tenantId, string name, string key, CancellationToken cancel)
    {
        if (_ring.Current.Find(tenantId, name) is not { } flag) return new FlagEvaluation(false, "unknown");
        var enabled = await _features.IsEnabledAsync(FlagSet.Feature(tenantId, name), new TargetingContext { UserId = key }, cancel);
        var reason = flag.Kill ? "kill-switch"
            : flag.State == Flag.Share && flag.Targets.Contains(key) ? "target"
            : flag.Source == "environment" ? "environment"
            : flag.State;
        return new FlagEvaluation(enabled, reason);
    }
}
