using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Resilience;

/// <summary>
/// Which target of a plan is called next, and when. A failure that passes with time (429, 408, 409, 425) is waited for
/// at its target; any other goes on to the next target at once. When none is left, those that may recover are called
/// again, each after its own wait, until the attempts, the budget or the time are used up. Pure; used by one call.
/// </summary>
/// <param name="targets">How many targets there are, in the order in which they are to be tried.</param>
/// <param name="passedOver">For how long a target should be passed over while another can serve; null when it may be called.</param>
internal sealed class AttemptSchedule(int targets, RetryOptions options, Func<int, TimeSpan?> passedOver)
{
    private readonly Target[] _targets = new Target[targets];
    private int _current = -1;
    private bool _repeats = true;

    /// <summary>Notes the failure of the target called last.</summary>
    /// <param name="now">Time since the call arrived.</param>
    /// <param name="random">Evenly from 0 to 1.</param>
    public void Failed(int target, FailureClass failure, int status, TimeSpan? retryAfter, TimeSpan now, double random)
    {
        ref var state = ref _targets[target];
        state.Tries++;
        state.Passes = PassesWithTime(failure, status);
        state.MayRecover = state.Passes || failure is FailureClass.Server or FailureClass.Connect or FailureClass.Cut or FailureClass.InAnswer;
        state.NotBefore = now + Backoff.After(options, state.Tries, retryAfter, random);
        state.EndsAll = !UpstreamFailures.MayFailOver(failure);
        _current = target;
    }

    /// <summary>From now on each target is called at most once: the budget of repetitions is used up.</summary>
    public void ForbidRepeats() => _repeats = false;

    /// <summary>Leaves a target out: it cannot serve this call.</summary>
    public void Skip(int target) => _targets[target].Tries = int.MaxValue;

    /// <summary>The next call; null when there is none.</summary>
    /// <param name="now">Time since the call arrived.</param>
    /// <param name="deadline">When the call has to end, since it arrived: nothing begins then or later.</param>
    public Step? Next(TimeSpan now, TimeSpan deadline)
    {
        if (now >= deadline) return null;
        if (_current >= 0)
        {
            if (_targets[_current].Passes && MayRepeat(_current, deadline)) return Repeat(_current, now);
            if (_targets[_current].EndsAll) return null;
        }

        if (Untried() is { } untried) return new Step(untried, TimeSpan.Zero, Repeats: false);
        var soonest = -1;
        for (var i = 0; i < targets; i++)
        {
            if (MayRepeat(i, deadline) && (soonest < 0 || _targets[i].NotBefore < _targets[soonest].NotBefore)) soonest = i;
        }

        return soonest < 0 ? null : Repeat(soonest, now);
    }

    /// <summary>Whether the failure is one that the same target is expected to get over soon.</summary>
    internal static bool PassesWithTime(FailureClass failure, int status) =>
        failure == FailureClass.RateLimited || status is 408 or 409 or 425;

    // Of those that should all be passed over the one that comes back first: never none.
    private int? Untried()
    {
        int? best = null;
        var shortest = TimeSpan.MaxValue;
        for (var i = 0; i < targets; i++)
        {
            if (_targets[i].Tries > 0) continue;
            if (passedOver(i) is not { } left) return i;
            if (left < shortest) (best, shortest) = (i, left);
        }

        return best;
    }

    private bool MayRepeat(int target, TimeSpan deadline) =>
        _repeats && _targets[target] is { MayRecover: true } state && state.Tries < options.Attempts && state.NotBefore < deadline;

    private Step Repeat(int target, TimeSpan now) => new(target, _targets[target].NotBefore > now ? _targets[target].NotBefore - now : TimeSpan.Zero, Repeats: true);

    /// <summary>One call to come.</summary>
    /// <param name="Wait">How long to wait before it.</param>
    /// <param name="Repeats">The target was called for this request before.</param>
    internal readonly record struct Step(int Target, TimeSpan Wait, bool Repeats);

    private struct Target
    {
        public int Tries;
        public bool Passes;
        public bool MayRecover;
        public bool EndsAll;
        public TimeSpan NotBefore;
    }
}
