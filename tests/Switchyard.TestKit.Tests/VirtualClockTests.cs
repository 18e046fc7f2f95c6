namespace Switchyard.TestKit.Tests;

public sealed class VirtualClockTests
{
    [Fact]
    public async Task A_delay_ends_when_time_is_advanced_past_it_and_not_before()
    {
        var clock = new VirtualClock();
        var delay = Task.Delay(TimeSpan.FromSeconds(5), clock, TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(4.9));
        delay.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.2));

        await delay.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_periodic_timer_fires_once_per_period_at_its_own_moments()
    {
        var clock = new VirtualClock();
        var start = clock.GetUtcNow();
        var moments = new List<double>();
        using var timer = clock.CreateTimer(
            _ => moments.Add((clock.GetUtcNow() - start).TotalSeconds), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(6));

        moments.ShouldBe([1, 3, 5]);
    }

    [Fact]
    public void Timers_fire_in_the_order_in_which_they_are_due()
    {
        var clock = new VirtualClock();
        var order = new List<string>();
        using var late = clock.CreateTimer(_ => order.Add("late"), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        using var early = clock.CreateTimer(_ => order.Add("early"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(3));

        order.ShouldBe(["early", "late"]);
        clock.Waiting.ShouldBe(0);
    }
}
