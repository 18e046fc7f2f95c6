using System.Buffers;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Pipeline.Timing;
using Switchyard.Gateway.Upstream;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Pipeline.Streaming;

/// <summary>
/// Carries one streamed answer: a flush for every read, nothing collected. Held back are only the unfinished event at
/// the end of a read and, until the model says something, the head: while the client has seen nothing, a stream that
/// breaks can still be taken over by another provider. A slow client slows the provider down.
/// </summary>
internal sealed class StreamRelay(UpstreamOptions options, TimeProvider time)
{
    private const int ReadSize = 16 * 1024;
    private const int MostHeldBack = 64 * 1024;

    // A provider that sends signs of life for so long means them for the client, whose own patience is limited.
    private static readonly TimeSpan LongestHeldBack = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Draining = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs until the end mark, a fault or the end of the connection. The reply is not begun before the model has said something.</summary>
    public async ValueTask<AttemptEnd> RunAsync(GatewayCall call, UpstreamReply reply, StreamTransform transform, CallDeadline deadline)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        using var output = new PooledBuffer();
        var end = 0;
        var begun = time.GetTimestamp();
        try
        {
            while (true)
            {
                if (end == buffer.Length) buffer = Grow(buffer, end);
                deadline.Expect(call.Reply.Started ? options.IdleTimeout : options.FirstTokenTimeout);
                var read = await reply.ReadAsync(buffer.AsMemory(end), deadline.Token);
                end = Take(transform, buffer, end, read, output);
                if (output.Count > 0 && (call.Reply.Started || IsWorthSending(transform, output.Count, begun))) await SendAsync(call, output, deadline);
                if (read == 0 || transform.Completed || transform.Fault is not null) break;
            }

            if (transform.Completed) await DrainAsync(reply, buffer, deadline);
            return End(transform, reply.Status);
        }
        finally
        {
            call.Usage = transform.Usage;
            call.Stop = transform.Stop;
            call.UsageEstimated = false;
            if (transform.Usage is null && transform.Pieces > 0) Estimate(call, transform.Pieces);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Hands the bytes to the transform; answers where the unfinished rest now ends.</summary>
    private static int Take(StreamTransform transform, byte[] buffer, int end, int read, PooledBuffer output)
    {
        var input = new ReadOnlySequence<byte>(buffer, 0, end + read);
        transform.Process(ref input, output, ended: read == 0);
        var rest = (int)input.Length;
        if (rest > 0) buffer.AsSpan(end + read - rest, rest).CopyTo(buffer);
        return rest;
    }

    private bool IsWorthSending(StreamTransform transform, int held, long begun) =>
        transform.HasOutput || transform.Completed || held > MostHeldBack || time.GetElapsedTime(begun) > LongestHeldBack;

    private async ValueTask SendAsync(GatewayCall call, PooledBuffer output, CallDeadline deadline)
    {
        if (!call.Reply.Started)
        {
            call.FirstByte = time.GetTimestamp();
            call.Reply.Start(call, 200, "text/event-stream", null);
        }

        call.Reply.Body.Write(output.Written.Span);
        output.Clear();
        var flush = call.Reply.FlushAsync(deadline.Token);
        if (flush.IsCompletedSuccessfully) return;
        // From here on it is the client who is slow: only the total counts.
        deadline.Expect(TimeSpan.FromDays(1));
        await flush;
    }

    private static AttemptEnd End(StreamTransform transform, int status) => transform switch
    {
        { Fault: { } fault } => new AttemptEnd(fault.Malformed ? FailureClass.Malformed : FailureClass.InAnswer, status, fault.Code, fault.Message),
        { Completed: true } => AttemptEnd.Success(status),
        _ => new AttemptEnd(FailureClass.Cut, status, null, new Phrase("attempt.ended").Write()),
    };

    /// <summary>Reads the transport's own end behind the end mark, so that the connection can be used again.</summary>
    private static async ValueTask DrainAsync(UpstreamReply reply, byte[] buffer, CallDeadline deadline)
    {
        deadline.Expect(Draining);
        try
        {
            for (var i = 0; i < 8 && await reply.ReadAsync(buffer, deadline.Token) > 0; i++)
            {
            }
        }
        catch (Exception e) when (e is UpstreamException or OperationCanceledException)
        {
            // The answer is complete; only the connection is lost.
        }
    }

    // One event is about one token; four bytes of text are about one token.
    private static void Estimate(GatewayCall call, int pieces)
    {
        call.Usage = new Wire.TokenUsage(call.Request.Content.Length / 4, pieces);
        call.UsageEstimated = true;
    }

    private static byte[] Grow(byte[] buffer, int used)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
