namespace Switchyard.Gateway.Models;

/// <summary>The SQL of prices.</summary>
public static class PriceStore
{
    /// <summary>Columns of a <see cref="PriceRow"/>.</summary>
    public const string Columns =
        "tenant_id as TenantId, id, provider, model, currency, input, output, cached_read as CachedRead, cache_write as CacheWrite, source, valid_from as ValidFrom";
}
