namespace Switchyard.Platform.Audit;

/// <summary>Which rows of the audit log to read; null takes all.</summary>
/// <param name="From">Not before.</param>
/// <param name="To">Before.</param>
/// <param name="Actor">Exact name of who did it.</param>
/// <param name="Action">Exact action.</param>
/// <param name="Resource">Exact kind of thing.</param>
/// <param name="ResourceId">Exact id of the thing.</param>
public sealed record AuditFilter(
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Actor = null,
    string? Action = null,
    string? Resource = null,
    string? ResourceId = null);
