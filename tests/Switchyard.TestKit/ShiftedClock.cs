namespace Switchyard.TestKit;

/// <summary>The real time of a machine whose clock is wrong by <paramref name="shift"/>; it passes as fast as any.</summary>
public sealed class ShiftedClock(TimeSpan shift) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
}
