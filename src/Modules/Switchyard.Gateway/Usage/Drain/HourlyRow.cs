using Switchyard.Gateway.Pipeline;

namespace Switchyard.Gateway.Usage.Drain;

/// <summary>What a rollup row is about.</summary>
internal readonly record struct HourlyKey(Guid Tenant, DateTimeOffset Hour, string Provider, string Model, string TaskType, Guid Key, string Currency)
    : IComparable<HourlyKey>
{
    public static HourlyKey Of(UsageRecord record) => new(
        record.TenantId,
        new DateTimeOffset(record.At.UtcTicks - (record.At.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero),
        record.Provider ?? "",
        record.Model ?? "",
        record.TaskType ?? "",
        record.KeyId ?? Guid.Empty,
        record.Cost?.Currency ?? "");

    // Every node locks rows in this order, so that two drains never wait for each other in a circle.
    public int CompareTo(HourlyKey other)
    {
        var order = Tenant.CompareTo(other.Tenant);
        if (order == 0) order = Hour.CompareTo(other.Hour);
        if (order == 0) order = string.CompareOrdinal(Provider, other.Provider);
        if (order == 0) order = string.CompareOrdinal(Model, other.Model);
        if (order == 0) order = string.CompareOrdinal(TaskType, other.TaskType);
        if (order == 0) order = Key.CompareTo(other.Key);
        return order != 0 ? order : string.CompareOrdinal(Currency, other.Currency);
    }
}

/// <summary>What a batch adds to one rollup row.</summary>
internal sealed class HourlyRow
{
    private long[] _ttft = [];
    private long[] _latency = [];

    public string KeyName { get; private set; } = "";
    public long Requests { get; private set; }
    public long Succeeded { get; private set; }
    public long Failed { get; private set; }
    public long Aborted { get; private set; }
    public long Unknown { get; private set; }
    public long Input { get; private set; }
    public long Output { get; private set; }
    public long CachedRead { get; private set; }
    public long CacheWrite { get; private set; }
    public long Reasoning { get; private set; }
    public decimal Cost { get; private set; }
    public long Unpriced { get; private set; }
    public long Rescued { get; private set; }
    public long[] Ttft => _ttft;
    public long[] Latency => _latency;

    public void Add(UsageRecord record) => Count(record, 1);

    /// <summary>Takes back what <see cref="Add"/> counted.</summary>
    public void Remove(UsageRecord record) => Count(record, -1);

    private void Count(UsageRecord record, int by)
    {
        KeyName = record.CallerName ?? KeyName;
        Requests += by;
        switch (record.Status)
        {
            case CallStatus.Succeeded: Succeeded += by; break;
            case CallStatus.Failed: Failed += by; break;
            case CallStatus.Aborted: Aborted += by; break;
            default: Unknown += by; break;
        }

        if (record.Status == CallStatus.Succeeded && record.Attempts.Count > 1) Rescued += by;
        if (record.Tokens is { } tokens)
        {
            Input += by * tokens.Input;
            Output += by * tokens.Output;
            CachedRead += by * tokens.CachedRead;
            CacheWrite += by * tokens.CacheWrite;
            Reasoning += by * tokens.Reasoning;
        }

        if (record.Cost is { } cost) Cost += by * cost.Amount;
        else if (record.Provider is not null) Unpriced += by;
        if (record.TtftMs is { } ttft) LatencyBuckets.Add(ref _ttft, ttft, by);
        if (record.Status == CallStatus.Succeeded) LatencyBuckets.Add(ref _latency, record.TotalMs, by);
    }
}
