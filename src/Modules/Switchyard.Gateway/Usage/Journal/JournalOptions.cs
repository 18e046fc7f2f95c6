using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Usage.Journal;

/// <summary>Settings of the usage journal; section <c>gateway:journal</c>.</summary>
public sealed class JournalOptions
{
    /// <summary>Where the segments lie; null for <c>journal</c> in the data directory.</summary>
    public string? Directory { get; set; }

    /// <summary>Size of one segment. It is also what the journal keeps mapped, twice.</summary>
    /// <value>8 MiB</value>
    public int SegmentBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How long a record may be in memory only, should the machine (not the process) die.</summary>
    /// <value>100 ms</value>
    public TimeSpan SyncEvery { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What is wrong with these values, naming the key and the cure; null when all is well.</summary>
    public Phrase? Fault() =>
        SegmentBytes is < 64 * 1024 or > 1 << 30 ? SettingsRule.Broken("gateway:journal:segmentBytes", "settings.between", ("least", 64 * 1024), ("most", 1 << 30))
        : SyncEvery < TimeSpan.FromMilliseconds(1) || SyncEvery > TimeSpan.FromSeconds(10) ? SettingsRule.Broken("gateway:journal:syncEvery", "settings.between", ("least", TimeSpan.FromMilliseconds(1)), ("most", TimeSpan.FromSeconds(10)))
        : null;
}
