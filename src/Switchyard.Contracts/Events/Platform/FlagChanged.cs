namespace Switchyard.Contracts.Events.Platform;

/// <summary>A feature flag was set, reverted or removed; nodes take it up within two seconds.</summary>
/// <param name="Name">The flag.</param>
/// <param name="Version">Its new version.</param>
/// <param name="Removed">True when it is gone.</param>
public sealed record FlagChanged(string Name, long Version, bool Removed) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "platform.flag-changed";
}
