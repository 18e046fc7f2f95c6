namespace Switchyard.Gateway.Pipeline;

/// <summary>Where reading a body becomes work for the thread pool.</summary>
internal static class LongWork
{
    /// <summary>Bodies above are not read in a thread that watches sockets: about a tenth of a millisecond.</summary>
    public const int Bytes = 64 * 1024;
}
