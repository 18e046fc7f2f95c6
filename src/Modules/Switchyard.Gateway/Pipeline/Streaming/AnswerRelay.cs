using System.Buffers;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Pipeline.Timing;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.Gateway.Wire.Scanning;
using Switchyard.Platform.Http.Inline;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Pipeline.Streaming;

/// <summary>
/// Carries one answer that is not a stream. It is read to its end first, since its cost stands in a header and a
/// broken one must still be able to go to another provider; then it is forwarded byte for byte, or translated.
/// </summary>
internal sealed class AnswerRelay(UpstreamOptions options, TimeProvider time)
{
    /// <param name="answer">Dialect of the provider's answer; the client's own when nothing is translated.</param>
    public async ValueTask<AttemptEnd> RunAsync(GatewayCall call, UpstreamReply reply, Provider provider, string model, Dialect answer, CallDeadline deadline)
    {
        using var body = new PooledBuffer(Size(reply.ContentLength));
        if (await BodyReader.ReadAsync(reply, body, options.MaxAnswerBytes, deadline, options) is { } failed) return failed;
        call.FirstByte = time.GetTimestamp();
        if (body.Count > LongWork.Bytes) await Pool.Hop();
        if (answer != call.Dialect) return await TranslateAsync(call, reply.Status, body, provider, model, answer, deadline);

        var scanner = ResponseScanner.For(answer);
        try
        {
            scanner.ReadBody(body.Written);
        }
        catch (WireFormatException e)
        {
            return new AttemptEnd(FailureClass.Malformed, reply.Status, e.Code, e.Phrase.Write());
        }

        var facts = scanner.Facts;
        if (facts.Error is { } error) return new AttemptEnd(FailureClass.InAnswer, reply.Status, error.Code ?? error.Type, error.Message);
        if (!facts.Recognised) return new AttemptEnd(FailureClass.Malformed, reply.Status, null, new Phrase("attempt.empty").Write());
        call.Usage = facts.Usage;
        call.Stop = facts.Stop;
        Pricing.Apply(call, provider, model);
        if (facts.ForeignStops is { } foreign) await SendWithKnownStopsAsync(call, body, foreign, deadline);
        else await SendAsync(call, body, deadline);
        return AttemptEnd.Success(reply.Status);
    }

    private static async ValueTask SendWithKnownStopsAsync(GatewayCall call, PooledBuffer body, IReadOnlyList<(ByteSpan Place, string Known)> foreign, CallDeadline deadline)
    {
        using var output = new PooledBuffer(body.Count + 64);
        StopWords.Write(body.Written.Span, foreign, output);
        await SendAsync(call, output, deadline);
    }

    private static async ValueTask<AttemptEnd> TranslateAsync(GatewayCall call, int status, PooledBuffer body, Provider provider, string model, Dialect answer, CallDeadline deadline)
    {
        using var output = new PooledBuffer(body.Count);
        try
        {
            var response = DialectCodecs.For(answer).ReadResponse(body.Written);
            DialectCodecs.For(call.Dialect).WriteResponse(response, new AnswerOptions(call.RequestId, model, call.At), output, call.Loss ??= new LossReport());
            call.Usage = response.Usage;
            call.Stop = response.Stop;
        }
        catch (WireFormatException e)
        {
            return new AttemptEnd(FailureClass.Malformed, status, e.Code, e.Phrase.Write());
        }
        catch (UpstreamErrorException e)
        {
            return new AttemptEnd(FailureClass.InAnswer, status, e.Error.Code ?? e.Error.Type, e.Error.Message);
        }

        Pricing.Apply(call, provider, model);
        await SendAsync(call, output, deadline);
        return AttemptEnd.Success(status);
    }

    private static async ValueTask SendAsync(GatewayCall call, PooledBuffer body, CallDeadline deadline)
    {
        call.Reply.Start(call, 200, "application/json", body.Count);
        call.Reply.Body.Write(body.Written.Span);
        deadline.Expect(TimeSpan.FromDays(1));
        await call.Reply.FlushAsync(deadline.Token);
    }

    private int Size(long? announced) => announced is { } length and > 0 ? (int)Math.Min(length, options.MaxAnswerBytes) + 1 : 8192;
}

/// <summary>Reads a body to its end, within limits.</summary>
internal static class BodyReader
{
    /// <summary>Null when all is there.</summary>
    public static async ValueTask<AttemptEnd?> ReadAsync(UpstreamReply reply, PooledBuffer body, int limit, CallDeadline deadline, UpstreamOptions options)
    {
        while (true)
        {
            // The wait for the first byte has its own, longer limit: a model may think before it answers.
            deadline.Expect(body.Count == 0 ? TimeSpan.FromDays(1) : options.IdleTimeout);
            var read = await reply.ReadAsync(body.GetMemory(1), deadline.Token);
            if (read == 0) break;
            body.Advance(read);
            if (body.Count > limit) return new AttemptEnd(FailureClass.TooLarge, reply.Status, null, new Phrase("attempt.large", ("max", limit)).Write());
        }

        return reply.ContentLength is { } announced && announced != body.Count
            ? new AttemptEnd(FailureClass.Cut, reply.Status, null, new Phrase("attempt.short").Write())
            : null;
    }
}
