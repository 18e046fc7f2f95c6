using System.Runtime.CompilerServices;
using System.Text;

namespace Switchyard.TestKit;

/// <summary>One server-sent event, or a lone comment (a heartbeat).</summary>
/// <param name="Id">Last id seen; empty for none.</param>
/// <param name="Event">Event name; <c>message</c> when the stream names none.</param>
/// <param name="Data">Data lines joined by line feeds; null for a comment.</param>
/// <param name="Comment">Text of a comment; null for an event.</param>
public sealed record SseMessage(string Id, string Event, string? Data, string? Comment = null);

/// <summary>Reads a server-sent event stream as the HTML standard defines it; an unfinished last event is dropped.</summary>
public static class SseReader
{
    /// <summary>Reads until the stream ends or <paramref name="cancel"/>.</summary>
    /// <param name="body">The response body.</param>
    /// <param name="comments">Whether to yield comments too.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async IAsyncEnumerable<SseMessage> ReadAsync(
        Stream body, bool comments = false, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var lines = new StreamReader(body, new UTF8Encoding(false), leaveOpen: true);
        var (id, name, data) = ("", "", (StringBuilder?)null);
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            if (line.Length == 0)
            {
                if (data is not null) yield return new SseMessage(id, name.Length == 0 ? "message" : name, data.ToString());
                (name, data) = ("", null);
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var field = colon < 0 ? line : line[..colon];
            var value = colon < 0 ? "" : line[(colon + 1)..];
            if (value.StartsWith(' ')) value = value[1..];
            switch (field)
            {
                case "" when comments:
                    yield return new SseMessage(id, "", null, value);
                    break;
                case "id":
                    id = value;
                    break;
                case "event":
                    name = value;
                    break;
                case "data":
                    data = data is null ? new StringBuilder(value) : data.Append('\n').Append(value);
                    break;
            }
        }
    }

    /// <summary>Reads the first <paramref name="count"/> events; fails when they do not come in time.</summary>
    public static async Task<IReadOnlyList<SseMessage>> TakeAsync(Stream body, int count, TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? Eventually.Patience);
        var seen = new List<SseMessage>();
        try
        {
            await foreach (var message in ReadAsync(body, cancel: deadline.Token))
            {
                seen.Add(message);
                if (seen.Count == count) return seen;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Only {seen.Count} of {count} events came: {string.Join(", ", seen.Select(m => m.Event))}");
        }

        return seen;
    }
}
