using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>E004: tells every listener something.</summary>
public static partial class BroadcastEndpoints
{
    private const int MaxPayload = 64 * 1024;

    /// <summary>What to tell.</summary>
    /// <param name="Topic">Lower-case name; the event's type is <c>broadcast.{topic}</c>.</param>
    /// <param name="Payload">Any JSON up to 64 KiB.</param>
    public sealed record Request(string Topic, JsonElement Payload);

    /// <summary>What became of it.</summary>
    /// <param name="Sequence">The event's place in the log.</param>
    /// <param name="Subscribers">Live listeners of the tenant on all nodes.</param>
    public sealed record Response(long Sequence, int Subscribers);

    /// <summary>Maps the endpoint.</summary>
    public static void MapBroadcast(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/llm/broadcast-update", BroadcastAsync)
            .RequireAccess(Grants.Component)
            .WithName("broadcastUpdate")
            .WithTags("platform")
            .WithSummary("Appends a broadcast event; answers with its sequence and the number of live subscribers")
            .Produces<Response>()
            .ProducesProblem(400);

    private static async Task<IResult> BroadcastAsync(
        HttpContext http, Request request, Database database, ListenerCounts listeners, CancellationToken cancel)
    {
        if (request.Topic is null || !Topic().IsMatch(request.Topic))
            return ProblemResults.Of(http, CommonProblems.Malformed("topic", new Phrase("expected.name")));
        if (request.Payload.ValueKind == JsonValueKind.Undefined) return ProblemResults.Of(http, CommonProblems.Required("payload"));
        var payload = JsonSerializer.Serialize(request.Payload);
        if (payload.Length > MaxPayload) return ProblemResults.Of(http, CommonProblems.TooLong("payload", MaxPayload));

        await using var change = await database.BeginAsync(http.Caller(), cancel);
        change.Raise(new PendingEvent($"broadcast.{request.Topic}", request.Topic, payload));
        await change.CommitAsync(cancel);
        var subscribers = await listeners.CountAsync(http.Caller().TenantId, cancel);
        return Results.Ok(new Response(change.LastSequence, subscribers));
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Topic();
}
