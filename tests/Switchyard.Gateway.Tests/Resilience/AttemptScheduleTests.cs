using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Resilience;
using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Tests.Resilience;

public sealed class AttemptScheduleTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // What a target answers, call after call; null is an answer.
    private static readonly Gen<(FailureClass, int)?> Ending = Gen.Frequency(
        (2, Gen.Constant(((FailureClass, int)?)null)),
        (5, Gen.Elements<(FailureClass, int)?>(
            (FailureClass.RateLimited, 429), (FailureClass.Server, 503), (FailureClass.Credential, 401), (FailureClass.Timeout, 0), (FailureClass.Connect, 0), (FailureClass.Malformed, 200))));

    [Fact]
    public void P07_the_first_healthy_target_answers_and_none_is_skipped_or_called_too_often()
    {
        var cases =
            from targets in Gen.Choose(1, 6)
            from endings in Ending.ArrayOf(3).ArrayOf(targets)
            from open in Gen.Elements(true, false, false).ArrayOf(targets)
            select (targets, endings, open);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var schedule = new AttemptSchedule(c.targets, new RetryOptions { Attempts = 3 }, i => c.open[i] ? TimeSpan.FromSeconds(9 - i) : null);
            var tries = new int[c.targets];
            var first = new List<int>();
            var now = TimeSpan.Zero;
            while (schedule.Next(now, Hour) is { } step)
            {
                now += step.Wait;
                if (tries[step.Target] == 0) first.Add(step.Target);
                var ending = c.endings[step.Target][tries[step.Target]++];
                if (ending is not { } failure) return first.SequenceEqual(Order(c.open).Take(first.Count));
                schedule.Failed(step.Target, failure.Item1, failure.Item2, null, now, 1);
            }

            // Nobody answered: all were asked in their order, and nobody would have answered a repetition that it was due.
            return first.SequenceEqual(Order(c.open)) && Enumerable.Range(0, c.targets).All(i => tries[i] == Due(c.endings[i]));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_waiting_cannot_mend_goes_on_at_once_and_comes_back_when_nobody_is_left()
    {
        var schedule = new AttemptSchedule(2, new RetryOptions(), _ => null);
        schedule.Failed(0, FailureClass.Server, 503, null, TimeSpan.FromSeconds(1), 1);
        schedule.Next(TimeSpan.FromSeconds(1), Hour).ShouldBe(new AttemptSchedule.Step(1, TimeSpan.Zero, Repeats: false));
        schedule.Failed(1, FailureClass.Credential, 401, null, TimeSpan.FromSeconds(1.5), 1);
        schedule.Next(TimeSpan.FromSeconds(1.5), Hour).ShouldBe(new AttemptSchedule.Step(0, TimeSpan.FromSeconds(0.5), Repeats: true));
    }

    [Fact]
    public void A_busy_target_is_waited_for_unless_there_is_nothing_left_to_wait_with()
    {
        var schedule = new AttemptSchedule(2, new RetryOptions(), _ => null);
        schedule.Failed(0, FailureClass.RateLimited, 429, TimeSpan.FromSeconds(5), TimeSpan.Zero, 1);
        schedule.Next(TimeSpan.Zero, Hour).ShouldBe(new AttemptSchedule.Step(0, TimeSpan.FromSeconds(5), Repeats: true));
        schedule.Next(TimeSpan.Zero, TimeSpan.FromSeconds(4)).ShouldBe(new AttemptSchedule.Step(1, TimeSpan.Zero, Repeats: false));
        schedule.ForbidRepeats();
        schedule.Next(TimeSpan.Zero, Hour).ShouldBe(new AttemptSchedule.Step(1, TimeSpan.Zero, Repeats: false));
    }

    [Theory]
    [InlineData(400, 1)]
    [InlineData(404, 1)]
    [InlineData(422, 1)]
    [InlineData(409, 3)]
    [InlineData(425, 3)]
    public void A_request_that_was_refused_is_repeated_only_where_that_can_help_and_never_elsewhere(int status, int calls)
    {
        var schedule = new AttemptSchedule(2, new RetryOptions(), _ => null);
        var tries = 0;
        while (schedule.Next(TimeSpan.Zero, Hour) is { } step)
        {
            step.Target.ShouldBe(0);
            schedule.Failed(0, FailureClass.Rejected, status, null, TimeSpan.Zero, 0);
            tries++;
        }

        tries.ShouldBe(calls);
    }

    private static IEnumerable<int> Order(bool[] open) =>
        Enumerable.Range(0, open.Length).Where(i => !open[i]).Concat(Enumerable.Range(0, open.Length).Where(i => open[i]).OrderBy(i => 9 - i));

    private static int Due((FailureClass Failure, int)?[] endings) =>
        endings.TakeWhile(e => e!.Value.Failure is FailureClass.RateLimited or FailureClass.Server or FailureClass.Connect).Count() is var again && again < 3 ? again + 1 : 3;
}
