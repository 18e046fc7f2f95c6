using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Resilience;
using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Tests.Resilience;

public sealed class BackoffTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static readonly Gen<TimeSpan?> RetryAfter = Gen.Frequency(
        (2, Gen.Constant((TimeSpan?)null)), (2, Gen.Choose(0, 20_000).Select(ms => (TimeSpan?)TimeSpan.FromMilliseconds(ms))));

    [Fact]
    public void P10_waits_grow_with_jitter_and_are_never_shorter_than_asked()
    {
        var cases =
            from ms in Gen.Choose(0, 5_000)
            from factor in Gen.Choose(100, 400)
            from failures in Gen.Choose(1, 6)
            from asked in RetryAfter
            from random in Gen.Choose(0, 1_000)
            select (options: new RetryOptions { Base = TimeSpan.FromMilliseconds(ms), Factor = factor / 100.0 }, failures, asked, random: random / 1000.0);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var wait = Backoff.After(c.options, c.failures, c.asked, c.random);
            var most = c.options.Base * Math.Pow(c.options.Factor, c.failures - 1);
            return wait >= TimeSpan.Zero && wait >= (c.asked ?? TimeSpan.Zero) && wait <= (c.asked > most ? c.asked.Value : most);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void P10_a_fixed_row_of_waits_is_kept_exactly()
    {
        var options = new RetryOptions { Delays = [1, 2, 4, 8, 16] };
        foreach (var random in new[] { 0, 0.5, 1 })
            Enumerable.Range(1, 7).Select(n => Backoff.After(options, n, null, random).TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 16, 16]);
    }

    [Fact]
    public void P10_attempts_at_a_target_never_exceed_their_number_nor_begin_early_or_late()
    {
        var cases =
            from attempts in Gen.Choose(1, 5)
            from targets in Gen.Choose(1, 4)
            from deadline in Gen.Choose(1, 60)
            from took in Gen.Choose(0, 3_000)
            from failures in Gen.Elements((FailureClass.RateLimited, 429), (FailureClass.Server, 503), (FailureClass.Rejected, 409), (FailureClass.Timeout, 408), (FailureClass.Connect, 0)).ArrayOf(40)
            from asked in RetryAfter.ArrayOf(40)
            from random in Gen.Choose(0, 1000).ArrayOf(40)
            select (attempts, targets, deadline: TimeSpan.FromSeconds(deadline), took: TimeSpan.FromMilliseconds(took), failures, asked, random);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var schedule = new AttemptSchedule(c.targets, new RetryOptions { Attempts = c.attempts }, _ => null);
            var (tries, notBefore) = (new int[c.targets], new TimeSpan[c.targets]);
            var now = TimeSpan.Zero;
            var call = 0;
            while (schedule.Next(now, c.deadline) is { } step)
            {
                now += step.Wait;
                if (now >= c.deadline || now < notBefore[step.Target] || step.Repeats != tries[step.Target] > 0) return false;
                if (++tries[step.Target] > c.attempts) return false;
                now += c.took;
                var (failure, status) = c.failures[call];
                schedule.Failed(step.Target, failure, status, c.asked[call], now, c.random[call] / 1000.0);
                notBefore[step.Target] = now + (c.asked[call] ?? TimeSpan.Zero);
                call++;
            }

            return call <= c.targets * c.attempts;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("2", null, 2_000)]
    [InlineData("0.25", null, 250)]
    [InlineData("Wed, 04 Mar 2026 05:06:17 GMT", null, 10_000)]
    [InlineData("Wed, 04 Mar 2026 05:06:00 GMT", null, 0)]
    [InlineData("2", "1500", 1_500)]
    [InlineData("soon", null, null)]
    [InlineData("-3", null, null)]
    [InlineData("1e99", null, null)]
    [InlineData(null, null, null)]
    public void P13_every_form_of_Retry_After_is_read(string? value, string? milliseconds, int? expected) =>
        RetryAfterHeader.Read(value, milliseconds, Now)?.TotalMilliseconds.ShouldBe((double)expected!, 0.001);

    [Theory]
    [InlineData("6m0s", 360_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("20ms", 20)]
    [InlineData("1h2m3s", 3_723_000)]
    [InlineData("2026-03-04T05:06:12Z", 5_000)]
    [InlineData("9999999d", null)]
    [InlineData("later", null)]
    public void P13_resets_of_limits_are_read_where_there_is_no_Retry_After(string value, int? expected) =>
        RetryAfterHeader.Reset(value, Now)?.TotalMilliseconds.ShouldBe((double)expected!, 0.001);
}
