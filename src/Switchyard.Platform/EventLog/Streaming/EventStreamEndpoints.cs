using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>E003: everything that happens, live.</summary>
public static class EventStreamEndpoints
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(3);

    /// <summary>Maps the stream.</summary>
    public static void MapEventStream(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/llm/stream-updates", StreamAsync)
            .RequireAccess(Grants.Viewer)
            .WithName("streamUpdates")
            .WithTags("platform")
            .WithSummary("Server-sent events of everything that happens in your tenant")
            .WithDescription(
                "Each event has `id` = its sequence, `event` = its type, `data` = {sequence,type,subject,actor,at,payload}. "
                + "Reconnect with `Last-Event-ID` (or `?lastEventId=`) to go on without a gap or a duplicate. "
                + "`?types=state.updated,gateway.*` filters by exact type or prefix. A reader that does not keep up is cut off and may resume.")
            .Produces<LiveEvent>(200, "text/event-stream")
            .ProducesProblem(400)
            .ProducesProblem(429)
            .ProducesProblem(503);

    private static async Task<IResult> StreamAsync(
        HttpContext http, EventStream stream, EventStreamHub hub, TimeProvider time,
        [FromQuery] string? types, [FromQuery] string? lastEventId, CancellationToken cancel)
    {
        var terms = types?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (!EventFilter.TryParse(terms, out var filter, out var bad))
            return ProblemResults.Of(http, new Problem("invalid_event_filter", 400, "types").With("value", bad).With("max", EventFilter.MaxTerms));

        // The header is newer: an EventSource sends it on every reconnect to the same address.
        var resume = http.Request.Headers["Last-Event-ID"].FirstOrDefault() is { Length: > 0 } header ? header : lastEventId;
        long? lastSeen = null;
        if (!string.IsNullOrEmpty(resume))
        {
            if (!long.TryParse(resume, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return ProblemResults.Of(http, CommonProblems.Malformed("lastEventId", new Phrase("expected.sequence")));
            lastSeen = number;
        }

        try
        {
            await hub.Ready.WaitAsync(ReadyWithin, time, cancel);
        }
        catch (TimeoutException)
        {
            return ProblemResults.Of(http, CommonProblems.DatabaseAway);
        }

        var place = hub.Admit(http.Caller(), filter);
        if (!place.Ok) return ProblemResults.Of(http, place.Problem);
        using var listener = place.Value;
        await stream.RunAsync(http, listener, lastSeen, cancel);
        return Results.Empty;
    }
}
