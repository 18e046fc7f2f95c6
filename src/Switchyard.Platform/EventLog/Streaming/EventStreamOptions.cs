namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>Bounds of the live streams; section <c>events:streams</c>.</summary>
public sealed class EventStreamOptions
{
    /// <summary>Live events that may wait for one listener; more are read from the log later.</summary>
    /// <value>512</value>
    public int QueueLength { get; set; } = 512;

    /// <summary>Bytes of live events that may wait for one listener.</summary>
    /// <value>1 MiB</value>
    public int QueueBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a client may leave what was sent unread before it is cut off.</summary>
    /// <value>10 s</value>
    public TimeSpan SlowAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a quiet stream gets a comment.</summary>
    /// <value>15 s</value>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Streams that one user, key or token may hold open on one node.</summary>
    /// <value>20</value>
    public int PerCaller { get; set; } = 20;

    /// <summary>Streams that one node holds open in all.</summary>
    /// <value>10,000</value>
    public int PerNode { get; set; } = 10_000;

    /// <summary>How long a client is asked to wait before it reconnects.</summary>
    /// <value>2 s</value>
    public TimeSpan Reconnect { get; set; } = TimeSpan.FromSeconds(2);
}
