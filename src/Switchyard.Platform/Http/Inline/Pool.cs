using System.Runtime.CompilerServices;

namespace Switchyard.Platform.Http.Inline;

/// <summary>The way out of a thread that watches sockets, before work that takes long.</summary>
public static class Pool
{
    /// <summary>Goes on in the thread pool: <c>await Pool.Hop()</c>.</summary>
    public static ConfiguredTaskAwaitable Hop() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
