using Switchyard.Gateway.Pipeline.Timing;

namespace Switchyard.Gateway.Tests.Pipeline;

public sealed class DeadlineTests
{
    private readonly VirtualClock _time = new();

    [Fact]
    public void A_deadline_ends_the_call_within_100_ms_and_says_why()
    {
        using var clock = new DeadlineClock(_time);
        var deadline = clock.Watch(TimeSpan.FromSeconds(10), CancellationToken.None);
        deadline.Expect(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(1.99));
        deadline.Token.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.11));
        deadline.Token.IsCancellationRequested.ShouldBeTrue();
        deadline.Reason.ShouldBe(CutReason.Timeout);
    }

    [Fact]
    public void No_step_may_last_longer_than_the_whole()
    {
        using var clock = new DeadlineClock(_time);
        var deadline = clock.Watch(TimeSpan.FromSeconds(1), CancellationToken.None);
        deadline.Expect(TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromSeconds(1.1));
        deadline.Reason.ShouldBe(CutReason.Timeout);
    }

    [Fact]
    public async Task A_day_is_long_also_on_a_clock_of_nanoseconds()
    {
        using var clock = new DeadlineClock(TimeProvider.System);
        var deadlines = Enumerable.Range(0, 100).Select(_ => clock.Watch(TimeSpan.FromMinutes(10), CancellationToken.None)).ToList();
        foreach (var deadline in deadlines) deadline.Expect(TimeSpan.FromDays(1));
        var probe = clock.Watch(TimeSpan.FromMinutes(10), CancellationToken.None);
        probe.Expect(TimeSpan.FromMilliseconds(1));
        await Eventually.IsTrue(() => probe.Reason == CutReason.Timeout, "the clock has looked");
        deadlines.ShouldAllBe(d => d.Reason == CutReason.None);
    }

    [Fact]
    public void A_deadline_that_is_reused_knows_nothing_of_its_last_call()
    {
        using var clock = new DeadlineClock(_time);
        using var client = new CancellationTokenSource();
        var first = clock.Watch(TimeSpan.FromSeconds(1), client.Token);
        first.Dispose();
        var second = clock.Watch(TimeSpan.FromSeconds(10), CancellationToken.None);
        client.Cancel();
        _time.Advance(TimeSpan.FromSeconds(5));
        second.Reason.ShouldBe(CutReason.None);
        second.Dispose();
        clock.Watched.ShouldBe(0);
    }

    [Fact]
    public void Stopping_the_server_ends_every_call()
    {
        using var clock = new DeadlineClock(_time);
        var calls = Enumerable.Range(0, 5).Select(_ => clock.Watch(TimeSpan.FromSeconds(10), CancellationToken.None)).ToList();
        clock.CutAll();
        calls.ShouldAllBe(c => c.Reason == CutReason.Shutdown && c.Token.IsCancellationRequested);
    }
}
