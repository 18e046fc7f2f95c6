namespace Switchyard.Platform.Http.Idempotency;

/// <summary>A key that was used within the last 24 hours.</summary>
public sealed record IdempotencyRow
{
    public Guid Id { get; init; }

    /// <summary>SHA-256 over method, path, query and body.</summary>
    public byte[] Fingerprint { get; init; } = [];

    /// <summary><c>in-flight</c>, <c>committed</c> (changed, answer not stored) or <c>answered</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Until when the process that works on it is believed to live.</summary>
    public DateTimeOffset LeaseUntil { get; init; }

    public int? Status { get; init; }
    public string? ContentType { get; init; }
    public string? Location { get; init; }
    public string? ETag { get; init; }

    /// <summary>Sealed body; null for an empty one.</summary>
    public byte[]? Answer { get; init; }
}

/// <summary>An answer to keep.</summary>
public sealed record StoredAnswer(int Status, string? ContentType, string? Location, string? ETag, byte[]? Sealed);
