using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Pipeline.Streaming;

namespace Switchyard.Gateway.Usage.Drain;

/// <summary>Copies usage rows into <c>gateway.usage</c>.</summary>
internal static class UsageCopy
{
    private const short Columns = 37;
    private const int Piece = 256 * 1024;

    private const string Sql = """
        copy gateway.usage (tenant_id, id, at, request_id, status, node, key_id, caller_name, end_user, feature, task_type, deal_id, cycle_id,
            dialect, endpoint, asked, route, reason, provider_id, provider, model, stream, http_status,
            tokens_input, tokens_output, tokens_cached_read, tokens_cache_write, tokens_reasoning, tokens_estimated,
            cost, currency, price_version, ttft_ms, total_ms, stop_reason, error_code, attempts) from stdin (format binary)
        """;

    public static async Task WriteAsync(NpgsqlConnection connection, string node, IReadOnlyList<UsageRecord> rows, CancellationToken cancel)
    {
        using var buffer = new PooledBuffer(Piece);
        var to = new BinaryRow(buffer);
        await using var copy = await connection.BeginRawBinaryCopyAsync(Sql, cancel);
        try
        {
            to.Begin();
            foreach (var row in rows)
            {
                Write(to, node, row);
                if (buffer.Count < Piece / 2) continue;
                await copy.WriteAsync(buffer.Written, cancel);
                buffer.Clear();
            }

            to.End();
            await copy.WriteAsync(buffer.Written, cancel);
        }
        catch
        {
            await CancelAsync(copy);
            throw;
        }
    }

    // Closing the stream instead would commit what was sent so far.
    private static async Task CancelAsync(NpgsqlRawCopyStream copy)
    {
        try
        {
            await copy.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // What went wrong has ended the copy already; it is that which must be reported.
        }
    }

    private static void Write(BinaryRow to, string node, UsageRecord row)
    {
        to.Row(Columns);
        to.Id(row.TenantId);
        to.Id(row.Id);
        to.Time(row.At);
        to.Text(row.RequestId);
        to.Text(Words.Of(row.Status));
        to.Text(node);
        to.Id(row.KeyId);
        to.Text(row.CallerName);
        to.Text(row.User);
        to.Text(row.Feature);
        to.Text(row.TaskType);
        to.Id(row.Deal);
        to.Id(row.Cycle);
        to.Text(Words.Of(row.Dialect));
        to.Text(row.Endpoint);
        to.Text(row.Asked);
        to.Text(row.Route);
        to.Text(row.Reason);
        to.Id(row.ProviderId);
        to.Text(row.Provider);
        to.Text(row.Model);
        to.Flag(row.Stream);
        to.Int(row.HttpStatus);
        to.Int(row.Tokens?.Input);
        to.Int(row.Tokens?.Output);
        to.Int(row.Tokens?.CachedRead);
        to.Int(row.Tokens?.CacheWrite);
        to.Int(row.Tokens?.Reasoning);
        to.Flag(row.TokensEstimated);
        to.Numeric(row.Cost?.Amount);
        to.Text(row.Cost?.Currency);
        to.Id(row.Cost?.PriceVersion);
        to.Double(row.TtftMs);
        to.Double(row.TotalMs);
        to.Text(row.Stop is { } stop ? Words.Of(stop) : null);
        to.Text(row.ErrorCode);
        to.Json(row.Attempts, AttemptsJson.Default.IReadOnlyListAttemptView);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<AttemptView>))]
internal sealed partial class AttemptsJson : JsonSerializerContext;
