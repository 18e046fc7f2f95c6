using Microsoft.Extensions.Options;
using Switchyard.Gateway.Pipeline.Streaming;
using Switchyard.Gateway.Pipeline.Timing;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Scanning;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Pipeline.Attempts;

/// <summary>Makes one upstream call and carries its answer to the client.</summary>
internal sealed class ProviderCaller(UpstreamClient upstream, IOptions<UpstreamOptions> options, TimeProvider time)
{
    private const int MaxErrorBytes = 64 * 1024;

    private readonly StreamRelay _streams = new(options.Value, time);
    private readonly AnswerRelay _answers = new(options.Value, time);

    public async ValueTask<AttemptEnd> CallAsync(GatewayCall call, Provider provider, string model, CallDeadline deadline)
    {
        var body = UpstreamBody.For(call, provider, model);
        if (!body.Ok)
        {
            call.Refuse(body.Problem);
            return new AttemptEnd(FailureClass.Rejected, 0, body.Problem.Code, new Phrase("attempt.loss").Write());
        }

        var outgoing = new UpstreamCall(provider, call.Operation, model, body.Value, ClientHeaders.For(provider.Kind, call.ClientHeaders)) { Inline = call.Inline };
        if (call.Request.Stream) deadline.Expect(options.Value.FirstTokenTimeout);
        using var reply = await upstream.SendAsync(outgoing, deadline.Token);
        AttemptEnd end;
        try
        {
            end = UpstreamFailures.OfStatus(reply.Status) is var failure and not FailureClass.None
                ? await RefusedAsync(reply, provider, failure, deadline)
                : await AnsweredAsync(call, reply, provider, model, deadline);
        }
        catch (Exception e) when (AttemptEnd.Knows(e))
        {
            // The answer had begun: its status and the vendor's id of it are known, however it broke.
            end = AttemptEnd.Of(e, call, deadline);
        }

        return end with { Status = reply.Status, UpstreamRequestId = Id(reply) };
    }

    private ValueTask<AttemptEnd> AnsweredAsync(GatewayCall call, UpstreamReply reply, Provider provider, string model, CallDeadline deadline)
    {
        // Embeddings are in OpenAI's shape at every kind.
        var answer = call.Operation == UpstreamOperation.Embeddings ? call.Dialect : provider.Kind.Dialect;
        if (!call.Request.Stream || call.Operation == UpstreamOperation.Embeddings)
            return _answers.RunAsync(call, reply, provider, model, answer, deadline);

        var type = reply.Header("content-type");
        if (type is not null && (Is(type, "text/html") || (Is(type, "application/json") && answer != Dialect.OllamaChat)))
            return NoStreamAsync(reply, provider, deadline);

        StreamTransform transform = answer == call.Dialect
            ? new PassThrough(answer, hideUsage: !call.Request.IncludeUsage)
            : new Translation(DialectCodecs.For(answer), DialectCodecs.For(call.Dialect).OpenWriter(new AnswerOptions(call.RequestId, model, call.At, call.Request.IncludeUsage)));
        return _streams.RunAsync(call, reply, transform, deadline);
    }

    /// <summary>A stream was asked for and something else came: often an error inside a 200.</summary>
    private async ValueTask<AttemptEnd> NoStreamAsync(UpstreamReply reply, Provider provider, CallDeadline deadline)
    {
        var body = await ReadErrorAsync(reply, deadline);
        var scanner = ResponseScanner.For(provider.Kind.Dialect);
        try
        {
            scanner.ReadBody(body);
        }
        catch (WireFormatException e)
        {
            return new AttemptEnd(FailureClass.Malformed, reply.Status, e.Code, new Phrase("attempt.unstreamed").Write());
        }

        return scanner.Facts.Error is { } error
            ? new AttemptEnd(FailureClass.InAnswer, reply.Status, error.Code ?? error.Type, error.Message)
            : new AttemptEnd(FailureClass.Malformed, reply.Status, null, new Phrase("attempt.unstreamed").Write());
    }

    private async ValueTask<AttemptEnd> RefusedAsync(UpstreamReply reply, Provider provider, FailureClass failure, CallDeadline deadline)
    {
        var body = await ReadErrorAsync(reply, deadline);
        var error = UpstreamErrorReader.Read(body, provider.ApiKey);
        // What a vendor says about a key it does not accept often repeats a part of the key.
        var message = failure == FailureClass.Credential ? new Phrase("attempt.key").Write() : error.Message;
        return new AttemptEnd(failure, reply.Status, error.Code ?? error.Type, message)
        {
            RetryAfter = RetryAfterHeader.Read(reply, time.GetUtcNow()),
            Error = failure == FailureClass.Rejected ? error : null,
        };
    }

    private async ValueTask<byte[]> ReadErrorAsync(UpstreamReply reply, CallDeadline deadline)
    {
        using var body = new PooledBuffer();
        try
        {
            await BodyReader.ReadAsync(reply, body, MaxErrorBytes, deadline, options.Value);
        }
        catch (UpstreamException) when (!deadline.Token.IsCancellationRequested)
        {
            // The status alone says enough.
        }

        return body.Written.ToArray();
    }

    private static bool Is(string type, string wanted) => type.StartsWith(wanted, StringComparison.OrdinalIgnoreCase);

    private static string? Id(UpstreamReply reply) => reply.RequestId is { Length: <= 100 } id && HeaderValues.IsSafe(id) ? id : null;
}
