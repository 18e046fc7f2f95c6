namespace Switchyard.Gateway.Usage.Journal;

/// <summary>A place in the journal: everything before it.</summary>
public readonly record struct JournalPosition(long Segment, int Offset) : IComparable<JournalPosition>
{
    /// <summary>Before everything.</summary>
    public static JournalPosition Beginning { get; } = new(0, 0);

    public static bool operator <(JournalPosition left, JournalPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(JournalPosition left, JournalPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(JournalPosition left, JournalPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(JournalPosition left, JournalPosition right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(JournalPosition other) =>
        Segment != other.Segment ? Segment.CompareTo(other.Segment) : Offset.CompareTo(other.Offset);
}
