using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Health;

namespace Switchyard.Gateway.Tests.Health;

public sealed class ProbeScheduleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    /// <summary>How long each probe of a provider takes, in seconds; 1000 hangs.</summary>
    private sealed record Case(int[] Seconds, int Minutes);

    [Fact]
    public void P14_each_provider_is_probed_once_per_interval_and_never_overlapping_also_when_probes_hang()
    {
        var cases = from seconds in Gen.Elements(0, 1, 10, 59, 61, 150, 1000).ArrayOf(4)
                    from minutes in Gen.Choose(1, 12)
                    select new Case(seconds, minutes);
        Invariant.Holds(cases, Run, cases: 100);
    }

    [Fact]
    public async Task A_provider_that_appears_is_probed_within_a_second_and_one_that_went_no_more()
    {
        var clock = new VirtualClock();
        var ids = new List<int> { 1 };
        var seen = new List<int>();
        using var stop = new CancellationTokenSource();
        var schedule = new ProbeSchedule<int>(() => ids, (id, _) =>
        {
            seen.Add(id);
            return Task.FromResult<DateTimeOffset?>(null);
        }, Interval, clock);
        var run = schedule.RunAsync(stop.Token);

        ids.Add(2);
        await AdvanceAsync(clock, 2);
        seen.ShouldBe([1, 2]);
        ids.Remove(1);
        await AdvanceAsync(clock, 130);
        seen.ShouldBe([1, 2, 2, 2]);
        await stop.CancelAsync();
        await run;
    }

    private static async Task Run(Case sample)
    {
        var clock = new VirtualClock();
        var starts = sample.Seconds.Select(_ => new List<DateTimeOffset>()).ToArray();
        var busy = new int[sample.Seconds.Length];
        var overlapped = false;
        using var stop = new CancellationTokenSource();
        var schedule = new ProbeSchedule<int>(() => Enumerable.Range(0, busy.Length).ToArray(), async (id, cancel) =>
        {
            overlapped |= Interlocked.Increment(ref busy[id]) > 1;
            starts[id].Add(clock.GetUtcNow());
            if (sample.Seconds[id] > 0) await Task.Delay(TimeSpan.FromSeconds(sample.Seconds[id]), clock, cancel);
            Interlocked.Decrement(ref busy[id]);
            return null;
        }, Interval, clock);
        var began = clock.GetUtcNow();
        var run = schedule.RunAsync(stop.Token);
        await AdvanceAsync(clock, (sample.Minutes * 60) + 1);
        await stop.CancelAsync();
        await run;

        overlapped.ShouldBeFalse();
        for (var id = 0; id < starts.Length; id++)
        {
            // A probe that takes longer than the interval costs the turns that it covers, and no more.
            var turns = Math.Max(1, (sample.Seconds[id] + 59) / 60);
            starts[id].ShouldBe(Enumerable.Range(0, sample.Minutes + 1).Where(minute => minute % turns == 0).Select(minute => began + (Interval * minute)), $"probe of {sample.Seconds[id]} s");
        }
    }

    // Second by second, waiting until the loop has gone to sleep again.
    private static async Task AdvanceAsync(VirtualClock clock, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            var due = clock.GetUtcNow() + TimeSpan.FromSeconds(1);
            for (var spin = 0; clock.NextDue is not { } next || next > due; spin++)
            {
                if (spin > 100_000) throw new TimeoutException("The schedule does not sleep.");
                await Task.Yield();
            }
        }
    }
}
