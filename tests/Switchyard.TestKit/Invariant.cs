using FsCheck;
using FsCheck.Fluent;

namespace Switchyard.TestKit;

/// <summary>Runs a property over generated cases; a failure throws with the shrunk case and the seed to replay it.</summary>
public static class Invariant
{
    /// <summary>Checks that <paramref name="check"/> does not throw for any of <paramref name="cases"/> values of <paramref name="gen"/>.</summary>
    public static void Holds<T>(Gen<T> gen, Action<T> check, int cases = 200) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll(gen.ToArbitrary(), check));

    /// <summary>The same for asynchronous checks.</summary>
    public static void Holds<T>(Gen<T> gen, Func<T, Task> check, int cases = 100) =>
        Holds(gen, value => check(value).GetAwaiter().GetResult(), cases);
}
