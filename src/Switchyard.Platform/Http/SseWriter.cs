using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Switchyard.Platform.Http;

/// <summary>
/// Writes server-sent events to one response, as the HTML standard frames them. Nothing reaches the client before
/// <see cref="FlushAsync"/>, so that many events can share one write. Not thread-safe.
/// </summary>
public sealed class SseWriter
{
    private readonly PipeWriter _body;

    private SseWriter(PipeWriter body) => _body = body;

    /// <summary>Sets the headers of an event stream and switches response buffering off.</summary>
    public static SseWriter Start(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // Proxies of the nginx family hold a stream back without this.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return new SseWriter(response.BodyWriter);
    }

    /// <summary>One event in the form of the wire, to be written to any number of clients.</summary>
    /// <param name="id">Resume point; null for none.</param>
    /// <param name="name">Event name; must not hold line ends.</param>
    /// <param name="data">UTF-8 text; each of its lines becomes a data line.</param>
    public static byte[] Frame(long? id, string name, ReadOnlySpan<byte> data)
    {
        var frame = new ArrayBufferWriter<byte>(data.Length + name.Length + 48);
        if (id is { } number)
        {
            frame.Write("id: "u8);
            Utf8Formatter.TryFormat(number, frame.GetSpan(20), out var digits);
            frame.Advance(digits);
            frame.Write("\n"u8);
        }

        frame.Write("event: "u8);
        Encoding.UTF8.GetBytes(name, frame);
        frame.Write("\n"u8);
        foreach (var line in data.SplitAny("\r\n"u8))
        {
            // A line end inside JSON is white space: an empty piece between \r and \n says nothing.
            if (data[line].IsEmpty && data.Length > 0) continue;
            frame.Write("data: "u8);
            frame.Write(data[line]);
            frame.Write("\n"u8);
        }

        frame.Write("\n"u8);
        return frame.WrittenSpan.ToArray();
    }

    /// <summary>Adds a frame made by <see cref="Frame"/>.</summary>
    public void Write(ReadOnlySpan<byte> frame) => _body.Write(frame);

    /// <summary>Adds one event.</summary>
    public void Write(long? id, string name, ReadOnlySpan<byte> data) => _body.Write(Frame(id, name, data));

    /// <summary>Adds a comment, which clients ignore and proxies take as a sign of life.</summary>
    public void Comment(string text)
    {
        _body.Write(": "u8);
        Encoding.UTF8.GetBytes(text, _body);
        _body.Write("\n\n"u8);
    }

    /// <summary>Sets the client's resume point without an event, and how long it waits before it reconnects.</summary>
    public void ResumePoint(long id, TimeSpan retry) =>
        Encoding.UTF8.GetBytes($"retry: {(long)retry.TotalMilliseconds}\nid: {id}\n\n", _body);

    /// <summary>Sends what was written; waits while the client is slower than that.</summary>
    public ValueTask<FlushResult> FlushAsync(CancellationToken cancel) => _body.FlushAsync(cancel);
}
