using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Platform.Access;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.EventLog;

/// <summary>
/// Runs every <see cref="IEventConsumer"/>. A batch, its effects and the new position are one transaction under
/// the lock of the consumer's row: no event is applied twice, one node at a time works, and when that node dies
/// its lock goes with it. A failing batch is tried again with growing pauses and holds back only its own consumer.
/// </summary>
public sealed class ConsumerRunner(
    IEnumerable<IEventConsumer> consumers, ConsumerPositions positions, Database database, IEventFeed feed, TimeProvider time, ILogger<ConsumerRunner> log)
    : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private const string Claim = """
        select position from platform.event_consumers
        where name = @name and (retry_at is null or retry_at <= now())
        for update skip locked
        """;

    private const string Advance = """
        update platform.event_consumers
        set position = @position, updated_at = now(), failures = 0, last_error = null, retry_at = null
        where name = @name
        """;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(consumers.Select(consumer => RunAsync(consumer, stoppingToken)));

    private async Task RunAsync(IEventConsumer consumer, CancellationToken cancel)
    {
        await Task.Yield();
        var wake = new Wake(time);
        var filter = EventFilter.Of(consumer.Types);
        var registered = false;
        using var subscription = feed.Subscribe(consumer.Types, (_, _) =>
        {
            wake.Set();
            return ValueTask.CompletedTask;
        });

        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (!registered) await positions.RegisterAsync(consumer.Name, cancel);
                registered = true;
                while (await StepAsync(consumer, filter, cancel))
                {
                }
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                log.LogError(e, "Consumer {Consumer} failed", consumer.Name);
                await RememberAsync(consumer, e, cancel);
            }

            await wake.WaitAsync(Poll, cancel);
        }
    }

    /// <summary>Applies one batch of one tenant; false when there is nothing to do or another node is at it.</summary>
    internal async Task<bool> StepAsync(IEventConsumer consumer, EventFilter filter, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(Caller.System(Tenants.Default), cancel);
        var position = await change.Connection.QuerySingleOrDefaultAsync<long?>(
            new CommandDefinition(Claim, new { name = consumer.Name }, change.Transaction, cancellationToken: cancel));
        if (position is null) return false;

        var (events, readTo) = await EventReader.ReadBatchAsync(
            change.Connection, change.Transaction, filter, position.Value, BatchSize, cancel);
        if (readTo <= position) return false;

        // Effects belong to the tenant of their events: a batch ends where the tenant changes.
        var batch = events.TakeWhile(e => e.TenantId == events[0].TenantId).ToList();
        if (batch.Count < events.Count) readTo = batch[^1].Sequence;
        if (batch.Count > 0)
        {
            change.ActFor(Caller.System(batch[0].TenantId));
            await consumer.HandleAsync(batch, change, cancel);
        }

        await change.Connection.ExecuteAsync(new CommandDefinition(
            Advance, new { name = consumer.Name, position = readTo }, change.Transaction, cancellationToken: cancel));
        await change.CommitAsync(cancel);
        return batch.Count > 0;
    }

    private async Task RememberAsync(IEventConsumer consumer, Exception failure, CancellationToken cancel)
    {
        var error = $"{failure.GetType().Name}: {failure.Message}";
        try
        {
            await positions.FailAsync(consumer.Name, error.Length <= 500 ? error : error[..500], cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning("The failure of consumer {Consumer} could not be stored ({Reason})", consumer.Name, e.Message);
        }
    }
}
