using Microsoft.Extensions.Logging;
using Switchyard.Platform.Jobs.Scheduling;

namespace Switchyard.Gateway.Usage.Drain;

/// <summary>
/// A node that goes for good, or whose disk is replaced, leaves calls open that nobody settles. After a day they are
/// recorded as unknown, so that none is missing; should the node come back, its settlement replaces the record.
/// </summary>
internal sealed class LostCalls(UsageStore store, TimeProvider time, ILogger<LostCalls> log) : IRecurringTask
{
    private const int Batch = 1_000;

    /// <summary>Far longer than any call may take and than a node is away for an update.</summary>
    internal static readonly TimeSpan After = TimeSpan.FromDays(1);

    public string Name => "gateway.lost-calls";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        var total = 0;
        int lost;
        do total += lost = await store.LoseAsync(time.GetUtcNow() - After, Batch, cancel);
        while (lost == Batch);
        if (total > 0) log.LogWarning("{Count} calls of nodes that did not come back were recorded as unknown", total);
    }
}
