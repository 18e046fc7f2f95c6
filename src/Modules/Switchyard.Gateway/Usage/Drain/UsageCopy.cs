using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Switchyard.Gateway.Pipeline;

namespace Switchyard.Gateway.Usage.Drain;

/// <summary>Writes one usage row into a COPY, column by column in the order of <see cref="UsageStore"/>.</summary>
internal static class UsageCopy
{
    public static async Task WriteAsync(NpgsqlBinaryImporter copy, string node, UsageRecord row, CancellationToken cancel)
    {
        await copy.StartRowAsync(cancel);
        await copy.WriteAsync(row.TenantId, NpgsqlDbType.Uuid, cancel);
        await copy.WriteAsync(row.Id, NpgsqlDbType.Uuid, cancel);
        await copy.WriteAsync(row.At.UtcDateTime, NpgsqlDbType.TimestampTz, cancel);
        await TextAsync(row.RequestId);
        await TextAsync(Words.Of(row.Status));
        await TextAsync(node);
        await IdAsync(row.KeyId);
        await TextAsync(row.CallerName);
        await TextAsync(row.User);
        await TextAsync(row.Feature);
        await TextAsync(row.TaskType);
        await IdAsync(row.Deal);
        await IdAsync(row.Cycle);
        await TextAsync(Words.Of(row.Dialect));
        await TextAsync(row.Endpoint);
        await TextAsync(row.Asked);
        await TextAsync(row.Route);
        await TextAsync(row.Reason);
        await IdAsync(row.ProviderId);
        await TextAsync(row.Provider);
        await TextAsync(row.Model);
        await copy.WriteAsync(row.Stream, NpgsqlDbType.Boolean, cancel);
        await copy.WriteAsync(row.HttpStatus, NpgsqlDbType.Integer, cancel);
        await CountAsync(row.Tokens?.Input);
        await CountAsync(row.Tokens?.Output);
        await CountAsync(row.Tokens?.CachedRead);
        await CountAsync(row.Tokens?.CacheWrite);
        await CountAsync(row.Tokens?.Reasoning);
        await copy.WriteAsync(row.TokensEstimated, NpgsqlDbType.Boolean, cancel);
        if (row.Cost is { } cost) await copy.WriteAsync(cost.Amount, NpgsqlDbType.Numeric, cancel);
        else await copy.WriteNullAsync(cancel);
        await TextAsync(row.Cost?.Currency);
        await IdAsync(row.Cost?.PriceVersion);
        if (row.TtftMs is { } ttft) await copy.WriteAsync(ttft, NpgsqlDbType.Double, cancel);
        else await copy.WriteNullAsync(cancel);
        await copy.WriteAsync(row.TotalMs, NpgsqlDbType.Double, cancel);
        await TextAsync(row.Stop is { } stop ? Words.Of(stop) : null);
        await TextAsync(row.ErrorCode);
        await copy.WriteAsync(JsonSerializer.Serialize(row.Attempts, JsonSerializerOptions.Web), NpgsqlDbType.Jsonb, cancel);

        // PostgreSQL keeps no NUL in a text.
        Task TextAsync(string? value) => value is null ? copy.WriteNullAsync(cancel) : copy.WriteAsync(value.Replace("\0", "", StringComparison.Ordinal), NpgsqlDbType.Text, cancel);
        Task IdAsync(Guid? value) => value is { } id ? copy.WriteAsync(id, NpgsqlDbType.Uuid, cancel) : copy.WriteNullAsync(cancel);
        Task CountAsync(int? value) => value is { } count ? copy.WriteAsync(count, NpgsqlDbType.Integer, cancel) : copy.WriteNullAsync(cancel);
    }
}
