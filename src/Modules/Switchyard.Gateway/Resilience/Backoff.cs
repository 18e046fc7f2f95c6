namespace Switchyard.Gateway.Resilience;

/// <summary>
/// How long to wait before a repetition: exponential with full jitter (M. Brooker, "Exponential Backoff and Jitter",
/// 2015), never shorter than the provider asked for. Pure.
/// </summary>
public static class Backoff
{
    /// <summary>The wait after a failure.</summary>
    /// <param name="failures">How often this target has failed for this request, from 1.</param>
    /// <param name="retryAfter">What the provider asked for; null when it did not.</param>
    /// <param name="random">Evenly from 0 to 1.</param>
    public static TimeSpan After(RetryOptions options, int failures, TimeSpan? retryAfter, double random)
    {
        var wait = options.Delays.Count > 0
            ? TimeSpan.FromSeconds(options.Delays[Math.Min(failures, options.Delays.Count) - 1])
            : options.Base * (Math.Pow(options.Factor, failures - 1) * random);
        return retryAfter is { } asked && asked > wait ? asked : wait;
    }
}
