using Microsoft.Extensions.Logging;
using Switchyard.Contracts.Events;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Usage.RequestLog;
using Switchyard.Gateway.Usage.Journal;
using Switchyard.Platform.Access;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Usage.Drain;

/// <summary>Tells the console what was settled: one event a second and tenant at most, however many calls there are.</summary>
internal sealed class SettledNotices(Database database, UsageJournal journal, TimeProvider time, ILogger<SettledNotices> log)
{
    private const int Shown = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, Pending> _pending = [];
    private long _sent;

    /// <summary>Collects rows.</summary>
    public void Add(IReadOnlyList<UsageRecord> rows)
    {
        foreach (var row in rows)
        {
            if (!_pending.TryGetValue(row.TenantId, out var pending)) _pending[row.TenantId] = pending = new Pending();
            pending.Add(row);
        }
    }

    /// <summary>Sends what was collected, unless the last time was less than a second ago.</summary>
    public async Task SendAsync(CancellationToken cancel)
    {
        if (_pending.Count == 0 || (_sent != 0 && time.GetElapsedTime(_sent) < Pause)) return;
        _sent = time.GetTimestamp();
        foreach (var (tenant, pending) in _pending.ToArray())
        {
            _pending.Remove(tenant);
            try
            {
                await using var change = await database.BeginAsync(Caller.System(tenant), cancel);
                change.Raise(journal.Node, pending.ToEvent(journal.Node));
                await change.CommitAsync(cancel);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A notice for live screens; the rows themselves are in the database.
                log.LogDebug(e, "A notice of settled calls was lost");
            }
        }
    }

    private sealed class Pending
    {
        private readonly Queue<UsageRecord> _recent = new();
        private long[] _latency = [];
        private long _requests;
        private long _failed;
        private long _input;
        private long _output;
        private decimal _cost;

        public void Add(UsageRecord row)
        {
            _requests++;
            if (row.Status is CallStatus.Failed or CallStatus.Unknown) _failed++;
            if (row.Tokens is { } tokens)
            {
                _input += tokens.Input + tokens.CachedRead + tokens.CacheWrite;
                _output += tokens.Output;
            }

            _cost += row.Cost?.Amount ?? 0;
            if (row.Status == CallStatus.Succeeded) LatencyBuckets.Add(ref _latency, row.TotalMs);
            _recent.Enqueue(row);
            if (_recent.Count > Shown) _recent.Dequeue();
        }

        public GatewayCallsSettled ToEvent(string node) => new(
            node,
            _requests,
            _failed,
            _input,
            _output,
            _cost,
            LatencyBuckets.Percentile(_latency, 0.5),
            LatencyBuckets.Percentile(_latency, 0.95),
            [.. _recent.Reverse().Select(RequestLogItems.Of)]);
    }
}
