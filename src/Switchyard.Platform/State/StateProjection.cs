using Switchyard.Platform.EventLog;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.State;

/// <summary>Publishes what the modules' contributors compose, as a consumer of the event log.</summary>
public sealed class StateProjection(IEnumerable<IStateContributor> contributors, GlobalState state) : IEventConsumer
{
    /// <inheritdoc/>
    public string Name => "platform.state";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Types { get; } = [.. contributors.SelectMany(c => c.Types).Distinct()];

    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<StoredEvent> batch, Change change, CancellationToken cancel)
    {
        foreach (var contributor in contributors)
        {
            var filter = EventFilter.Of(contributor.Types);
            if (!batch.Any(e => filter.Matches(e.Type))) continue;
            var fields = await contributor.ComposeAsync(change.Caller.TenantId, cancel);
            var published = await state.PublishAsync(change, contributor.Component, fields, null, cancel);
            if (!published.Ok)
                throw new InvalidOperationException($"The state of '{contributor.Component}' was refused: {published.Problem.Code}");
        }
    }
}
