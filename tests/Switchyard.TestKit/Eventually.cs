using System.Diagnostics;

namespace Switchyard.TestKit;

/// <summary>Waits for something to become true instead of sleeping: polls with a deadline.</summary>
public static class Eventually
{
    /// <summary>How long to wait where a test says nothing.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns as soon as <paramref name="holds"/> is true; throws at the deadline.</summary>
    public static Task IsTrue(Func<bool> holds, string what, TimeSpan? within = null) =>
        IsTrue(() => Task.FromResult(holds()), what, within);

    /// <inheritdoc cref="IsTrue(Func{bool}, string, TimeSpan?)"/>
    public static async Task IsTrue(Func<Task<bool>> holds, string what, TimeSpan? within = null)
    {
        var limit = within ?? Patience;
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}");
            await Task.Delay(Step);
        }
    }

    /// <summary>Repeats <paramref name="assertions"/> until they pass; at the deadline the last failure is thrown.</summary>
    public static Task Pass(Action assertions, TimeSpan? within = null) =>
        Pass(
            () =>
            {
                assertions();
                return Task.CompletedTask;
            },
            within);

    /// <inheritdoc cref="Pass(Action, TimeSpan?)"/>
    public static async Task Pass(Func<Task> assertions, TimeSpan? within = null)
    {
        var limit = within ?? Patience;
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await assertions();
                return;
            }
            catch (Exception) when (Stopwatch.GetElapsedTime(started) <= limit)
            {
                await Task.Delay(Step);
            }
        }
    }

    /// <summary>Polls <paramref name="read"/> until it gives a value; throws at the deadline.</summary>
    public static async Task<T> Some<T>(Func<Task<T?>> read, string what, TimeSpan? within = null)
        where T : class
    {
        T? value = null;
        await IsTrue(async () => (value = await read()) is not null, what, within);
        return value!;
    }
}
