namespace Switchyard.Gateway.Configuration;

/// <summary>One versioned price, per million tokens.</summary>
/// <param name="Currency">ISO 4217.</param>
public sealed record ModelPrice(Guid VersionId, string Currency, decimal Input, decimal Output, decimal? CachedRead, decimal? CacheWrite);
