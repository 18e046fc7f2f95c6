using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Resilience;

namespace Switchyard.Gateway.Tests.Resilience;

public sealed class BreakerTests
{
    private static readonly BreakerOptions Options = new();

    private readonly VirtualClock _time = new();

    [Fact]
    public void Failures_in_a_row_open_it_one_trial_decides_and_success_closes_it()
    {
        var breaker = new Breaker(_time);
        for (var i = 0; i < 4; i++) breaker.Fail(Options).ShouldBeFalse();
        breaker.TryEnter().ShouldBeTrue();
        breaker.Fail(Options).ShouldBeTrue();
        (breaker.State, breaker.TryEnter()).ShouldBe((BreakerState.Open, false));
        breaker.OpenLeft.ShouldBe(TimeSpan.FromSeconds(15));

        _time.Advance(TimeSpan.FromSeconds(15));
        breaker.State.ShouldBe(BreakerState.HalfOpen);
        breaker.TryEnter().ShouldBeTrue();
        breaker.TryEnter().ShouldBeFalse("one trial at a time");
        breaker.Succeed(Options);
        (breaker.State, breaker.TryEnter(), breaker.TryEnter()).ShouldBe((BreakerState.Closed, true, true));
    }

    [Fact]
    public void A_trial_that_fails_opens_it_for_longer_up_to_a_limit()
    {
        var breaker = new Breaker(_time);
        for (var i = 0; i < 5; i++) breaker.Fail(Options);
        List<double> open = [];
        for (var i = 0; i < 6; i++)
        {
            open.Add(breaker.OpenLeft.TotalSeconds);
            _time.Advance(breaker.OpenLeft);
            breaker.TryEnter().ShouldBeTrue();
            breaker.Fail(Options).ShouldBeTrue();
        }

        open.ShouldBe([15, 30, 60, 120, 120, 120]);
    }

    [Fact]
    public void A_trial_that_says_nothing_leaves_the_next_call_to_try()
    {
        var breaker = new Breaker(_time);
        for (var i = 0; i < 5; i++) breaker.Fail(Options);
        _time.Advance(TimeSpan.FromSeconds(15));
        breaker.TryEnter().ShouldBeTrue();
        breaker.Ignore();
        breaker.TryEnter().ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(1));
        breaker.TryEnter().ShouldBeTrue("a trial whose end nobody reports does not shut the target out");
    }

    [Fact]
    public void A_share_of_failures_opens_it_once_there_are_enough_calls()
    {
        var breaker = new Breaker(_time);
        for (var i = 0; i < 9; i++)
        {
            breaker.Succeed(Options);
            breaker.Fail(Options).ShouldBeFalse();
        }

        breaker.Succeed(Options);
        breaker.Fail(Options).ShouldBeTrue("half of twenty calls failed");
    }

    [Fact]
    public void Old_failures_are_forgotten()
    {
        var breaker = new Breaker(_time);
        for (var i = 0; i < 19; i++)
        {
            breaker.Fail(Options);
            breaker.Succeed(Options);
            _time.Advance(TimeSpan.FromSeconds(4));
        }

        breaker.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public void It_behaves_as_its_model_whatever_happens()
    {
        // Seconds that pass, a success, a failure, a call that asks to enter.
        var steps = Gen.Frequency((3, Gen.Choose(1, 20)), (3, Gen.Constant(-1)), (6, Gen.Constant(-2)), (4, Gen.Constant(-3))).ArrayOf(60);
        var options = new BreakerOptions { Failures = 3, MinimumCalls = int.MaxValue };
        Prop.ForAll(steps.ToArbitrary(), all =>
        {
            var time = new VirtualClock();
            var breaker = new Breaker(time);
            var (row, open, trying, until, openings) = (0, false, false, time.GetUtcNow(), 0);
            foreach (var step in all)
            {
                var now = time.GetUtcNow();
                switch (step)
                {
                    case > 0:
                        time.Advance(TimeSpan.FromSeconds(step));
                        break;
                    case -1:
                        breaker.Succeed(options);
                        (row, open, trying, openings) = (0, false, false, 0);
                        break;
                    case -2:
                        var opens = (!open && row + 1 >= 3) || (open && trying);
                        row++;
                        if (breaker.Fail(options) != opens) return false;
                        if (!opens) break;
                        openings = Math.Min(openings + 1, 4);
                        (open, trying, until) = (true, false, now.AddSeconds(15 << (openings - 1)));
                        break;
                    default:
                        var enters = !open || now >= until;
                        if (breaker.TryEnter() != enters) return false;
                        if (open && enters) (trying, until) = (true, now.AddMinutes(1));
                        break;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Repetitions_are_a_share_of_the_calls_and_a_small_reserve()
    {
        var budget = new RetryBudget(Microsoft.Extensions.Options.Options.Create(new RetryOptions()), _time);
        int Spend()
        {
            var spent = 0;
            while (budget.TrySpend()) spent++;
            return spent;
        }

        Spend().ShouldBe(10);
        for (var i = 0; i < 200; i++) budget.Earn();
        Spend().ShouldBe(20);
        _time.Advance(TimeSpan.FromHours(1));
        Spend().ShouldBe(10);
        for (var i = 0; i < 1_000_000; i++) budget.Earn();
        Spend().ShouldBe(100, "what was not used is not saved up without end");
    }
}
