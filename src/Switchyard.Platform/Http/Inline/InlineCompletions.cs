using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Switchyard.Platform.Http.Inline;

/// <summary>
/// Lets single sockets go on in the very thread that saw them become ready, instead of handing over to the thread
/// pool: two hand-overs less for a model call. The runtime knows the switch for each socket but publishes only one
/// for the whole process (<c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS</c>), under which any long computation
/// behind any socket would hold up all others. Where the runtime has no such switch nothing changes. Thread-safe.
/// </summary>
public static class InlineCompletions
{
    private const string Threads = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";
    private const int MostThreads = 16;

    /// <summary>Whether this runtime has the switch.</summary>
    public static bool Supported { get; } = Probe();

    /// <summary>
    /// One waiting thread per processor, since calls now run on them. To be called before the process's first
    /// socket; a number that the environment gives stands.
    /// </summary>
    public static void Prepare()
    {
        if (Environment.GetEnvironmentVariable(Threads) is null)
            Environment.SetEnvironmentVariable(Threads, Math.Min(Environment.ProcessorCount, MostThreads).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Sets how <paramref name="socket"/> goes on from the next time it is ready; answers how it did before.</summary>
    public static bool Set(Socket socket, bool inline)
    {
        if (!Supported || socket.SafeHandle is not { IsClosed: false } handle) return false;
        var before = Get(handle);
        if (before != inline) Set(handle, inline);
        return before;
    }

    private static bool Probe()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            Set(socket.SafeHandle, Get(socket.SafeHandle));
            return true;
        }
        catch (Exception e) when (e is MissingMemberException or SocketException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_PreferInlineCompletions")]
    private static extern bool Get(SafeSocketHandle handle);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_PreferInlineCompletions")]
    private static extern void Set(SafeSocketHandle handle, bool value);
}
