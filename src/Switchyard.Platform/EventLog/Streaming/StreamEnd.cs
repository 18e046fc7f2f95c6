namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>Why a stream ended before its client wanted it to.</summary>
public enum StreamEnd
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>The client did not read what was sent.</summary>
    TooSlow,

    /// <summary>Its session or key changed or was revoked.</summary>
    AccessChanged,

    /// <summary>The node is stopping.</summary>
    Stopping,
}
