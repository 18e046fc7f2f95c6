using FsCheck;
using FsCheck.Fluent;
using Switchyard.Platform.Jobs;

namespace Switchyard.Platform.Tests.Jobs;

public sealed class JobProgressTests
{
    [Fact]
    public void P30_figures_never_go_back_and_done_never_passes_the_total_whatever_is_reported() => Invariant.Holds(
        Gen.Choose(0, 100).Zip(Gen.Choose(-1, 120)).Zip(Gen.Choose(0, 5)).ListOf(),
        reports =>
        {
            var clock = new VirtualClock();
            var progress = new JobProgress(clock);
            var before = progress.Figures;
            foreach (var ((done, total), errors) in reports)
            {
                progress.Report(done, total < 0 ? null : total, errors);
                clock.Advance(TimeSpan.FromMilliseconds(700));
                progress.Sample();
                var now = progress.Figures;
                now.Done.ShouldBe(Math.Max(before.Done, done));
                now.Errors.ShouldBe(Math.Max(before.Errors, errors));
                if (now.Total is { } all) now.Done.ShouldBeLessThanOrEqualTo(all);
                now.Rate!.Value.ShouldBeGreaterThanOrEqualTo(0);
                if (now.SecondsLeft is { } left) left.ShouldBeGreaterThanOrEqualTo(0);
                before = now;
            }

            progress.Complete();
            progress.Figures.Total.ShouldBe(progress.Figures.Done);
        });

    [Fact]
    public void A_steady_pace_gives_its_rate_and_the_time_that_is_left()
    {
        var clock = new VirtualClock();
        var progress = new JobProgress(clock);
        for (var second = 1; second <= 20; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            progress.Report(second * 50, 2000);
            progress.Sample();
        }

        progress.Figures.Rate!.Value.ShouldBe(50, 0.001);
        progress.Figures.SecondsLeft!.Value.ShouldBe(20, 0.001);
    }

    [Fact]
    public void A_restart_goes_on_from_what_was_stored_and_counts_no_work_twice_in_the_rate()
    {
        var clock = new VirtualClock();
        var progress = new JobProgress(clock, done: 1000, total: 2000, errors: 3);
        progress.Report(900);
        clock.Advance(TimeSpan.FromSeconds(10));
        progress.Report(1100);
        progress.Sample();

        progress.Figures.ShouldBe(new ProgressFigures(1100, 2000, 3, 10, 90));
    }
}
