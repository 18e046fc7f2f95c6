using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Usage.Journal;

/// <summary>The journal's form of a usage record. Versioned: a newer node reads what an older one wrote.</summary>
internal static class RecordCodec
{
    private const byte Version = 1;

    /// <summary>Writes <paramref name="record"/>; the bytes are valid until this thread writes the next.</summary>
    public static ReadOnlySpan<byte> Write(UsageRecord record)
    {
        var to = RecordWriter.OfThread.Begin();
        to.Byte(Version);
        to.Byte((byte)record.Status);
        to.Id(record.Id);
        to.Text(record.RequestId);
        to.Long(record.At.UtcTicks);
        to.Id(record.TenantId);
        to.Id(record.KeyId);
        to.Text(record.CallerName);
        to.Text(record.User);
        to.Text(record.Feature);
        to.Text(record.TaskType);
        to.Id(record.Deal);
        to.Id(record.Cycle);
        to.Byte((byte)record.Dialect);
        to.Text(record.Endpoint);
        to.Text(record.Asked);
        to.Text(record.Route);
        to.Text(record.Reason);
        to.Id(record.ProviderId);
        to.Text(record.Provider);
        to.Text(record.Model);
        to.Flag(record.Stream);
        to.Int(record.HttpStatus);
        WriteTokens(to, record);
        to.Double(record.TtftMs ?? double.NaN);
        to.Double(record.TotalMs);
        to.Byte(record.Stop is { } stop ? (byte)stop : byte.MaxValue);
        to.Text(record.ErrorCode);
        to.Byte((byte)Math.Min(record.Attempts.Count, byte.MaxValue));
        for (var i = 0; i < record.Attempts.Count && i < byte.MaxValue; i++) WriteAttempt(to, record.Attempts[i]);
        return to.Written;
    }

    /// <summary>Reads a record; throws when the bytes are none.</summary>
    public static UsageRecord Read(ReadOnlySpan<byte> bytes)
    {
        var from = new RecordReader(bytes);
        var version = from.Byte();
        if (version != Version) throw new ArgumentOutOfRangeException(nameof(bytes), version, "The journal was written by a newer version.");
        var status = (CallStatus)from.Byte();
        return new UsageRecord
        {
            Status = status,
            Id = from.Id(),
            RequestId = from.OwnText() ?? "",
            At = new DateTimeOffset(from.Long(), TimeSpan.Zero),
            TenantId = from.Id(),
            KeyId = from.OptionalId(),
            CallerName = from.Text(),
            User = from.Text(),
            Feature = from.Text(),
            TaskType = from.Text(),
            Deal = from.OptionalId(),
            Cycle = from.OptionalId(),
            Dialect = (Dialect)from.Byte(),
            Endpoint = from.Text(),
            Asked = from.Text(),
            Route = from.Text(),
            Reason = from.Text(),
            ProviderId = from.OptionalId(),
            Provider = from.Text(),
            Model = from.Text(),
            Stream = from.Flag(),
            HttpStatus = from.Int(),
            Tokens = from.Flag() ? new TokenUsage(from.Int(), from.Int(), from.Int(), from.Int(), from.Int()) : null,
            TokensEstimated = from.Flag(),
            Cost = from.Flag() ? new CallCost(from.Decimal(), from.Text() ?? "", from.Id()) : null,
            TtftMs = from.Double() is var ttft && double.IsNaN(ttft) ? null : ttft,
            TotalMs = from.Double(),
            Stop = from.Byte() is var stop && stop == byte.MaxValue ? null : (StopReason)stop,
            ErrorCode = from.Text(),
            Attempts = ReadAttempts(ref from),
        };
    }

    private static void WriteTokens(RecordWriter to, UsageRecord record)
    {
        to.Flag(record.Tokens is not null);
        if (record.Tokens is { } tokens)
        {
            to.Int(tokens.Input);
            to.Int(tokens.Output);
            to.Int(tokens.CachedRead);
            to.Int(tokens.CacheWrite);
            to.Int(tokens.Reasoning);
        }

        to.Flag(record.TokensEstimated);
        to.Flag(record.Cost is not null);
        if (record.Cost is not { } cost) return;
        to.Decimal(cost.Amount);
        to.Text(cost.Currency);
        to.Id(cost.PriceVersion);
    }

    private static void WriteAttempt(RecordWriter to, AttemptView attempt)
    {
        to.Text(attempt.Provider);
        to.Text(attempt.Model);
        to.Long(attempt.StartedAt.UtcTicks);
        to.Double(attempt.Ms);
        to.Int(attempt.Status);
        to.Text(attempt.Class);
        to.Text(attempt.Code);
        to.Text(attempt.Message);
        to.Text(attempt.UpstreamRequestId);
    }

    private static AttemptView[] ReadAttempts(ref RecordReader from)
    {
        var attempts = from.Byte() is var count and > 0 ? new AttemptView[count] : [];
        for (var i = 0; i < attempts.Length; i++) attempts[i] = ReadAttempt(ref from);
        return attempts;
    }

    private static AttemptView ReadAttempt(ref RecordReader from) => new(
        from.Text() ?? "",
        from.Text() ?? "",
        new DateTimeOffset(from.Long(), TimeSpan.Zero),
        from.Double(),
        from.Int(),
        from.Text() ?? "",
        from.Text(),
        from.OwnText(),
        from.OwnText());
}
