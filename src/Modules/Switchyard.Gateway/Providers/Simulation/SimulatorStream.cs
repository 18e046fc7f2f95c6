using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Gateway.Providers.Simulation;

/// <summary>An answer as server-sent events, at the script's pace and with its fault.</summary>
internal sealed class SimulatorStream : HttpContent
{
    private readonly SimulatorAnswer _answer;
    private readonly TimeProvider _time;

    public SimulatorStream(SimulatorAnswer answer, TimeProvider time)
    {
        (_answer, _time) = (answer, time);
        Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new SimulatorBody(EventsAsync));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await foreach (var bytes in EventsAsync(cancellationToken)) await stream.WriteAsync(bytes, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> EventsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var script = _answer.Script;
        yield return Event(_answer.Opening());
        var pieces = _answer.Tool is null ? _answer.Pieces : [];
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i == (pieces.Count / 2) && script.Fault != SimulatorFault.None)
            {
                if (script.Fault == SimulatorFault.Stall) await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancel);
                if (script.Fault == SimulatorFault.ErrorEvent) yield return Event(SimulatorHandler.Error("server_error", "This is a simulator; the model's name asks for an error."));
                if (script.Fault == SimulatorFault.ErrorEvent) yield break;
                throw new HttpIOException(HttpRequestError.ResponseEnded, "The simulator cut the stream, as the model's name asks.");
            }

            if (i > 0 && script.BetweenTokens > TimeSpan.Zero) await Task.Delay(script.BetweenTokens, _time, cancel);
            yield return Event(_answer.Piece(pieces[i]));
        }

        yield return Event(_answer.Closing());
        if (_answer.ReportsUsage) yield return Event(_answer.UsageChunk());
        yield return "data: [DONE]\n\n"u8.ToArray();
    }

    private static ReadOnlyMemory<byte> Event(JsonObject data) =>
        (byte[])[.. "data: "u8, .. JsonSerializer.SerializeToUtf8Bytes(data), .. "\n\n"u8];
}
