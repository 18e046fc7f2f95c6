using System.Buffers;
using System.Net.Http.Headers;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Usage;
using Switchyard.Gateway.Usage.Journal;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Scanning;
using Switchyard.Gateway.Wire.Sse;
using Switchyard.Platform.Access;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>
/// Makes the calls of connection tests. A test costs money as any call does, so each one is in the journal before it
/// starts and settled when it ends, under the feature <c>connection-test</c>.
/// </summary>
public sealed class MeteredCall(UpstreamClient upstream, UsageJournal journal, ISnapshots snapshots, TimeProvider time)
{
    private const string Feature = "connection-test";
    private const int MaxAnswer = 256 * 1024;

    /// <summary>Calls <paramref name="model"/> once.</summary>
    /// <exception cref="UpstreamException">No answer came.</exception>
    internal async Task<MeteredAnswer> SendAsync(Caller caller, Provider provider, string model, CallShape shape, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var intent = Intent(caller, provider, model, shape);
        if (!journal.TryBegin(intent, first: true)) return new MeteredAnswer(null, null, Recorded: false);
        var settled = intent with { Status = CallStatus.Failed, ErrorCode = "connection_test_failed" };
        var attempt = new Attempt(provider.Name, model, intent.At, 0, 0, FailureClass.Cut);
        try
        {
            using var request = Request(provider, model, shape);
            var answer = await UpstreamAnswer.ReadAsync(await upstream.SendAsync(provider, request, cancel), MaxAnswer, cancel);
            var facts = answer.Success ? Scan(answer.Body, provider, shape) : null;
            var good = facts is { Recognised: true, Error: null };
            attempt = attempt with { Status = answer.Status, UpstreamRequestId = answer.RequestId, Failure = good ? FailureClass.None : Failure(answer), Message = good ? null : answer.Message(provider) };
            settled = settled with { HttpStatus = answer.Status, Tokens = facts?.Usage, Cost = CostOf(provider, model, facts), Stop = facts?.Stop };
            if (good) settled = settled with { Status = CallStatus.Succeeded, ErrorCode = null };
            return new MeteredAnswer(answer, good ? facts : null, Recorded: true) { Error = facts?.Error };
        }
        catch (UpstreamException e)
        {
            attempt = attempt with { Failure = e.Failure, Message = e.Phrase.Write() };
            throw;
        }
        finally
        {
            var ms = time.GetElapsedTime(started).TotalMilliseconds;
            journal.Settle(settled with { TotalMs = ms, Attempts = [AttemptView.Of(attempt with { Ms = ms })] });
        }
    }

    private UsageRecord Intent(Caller caller, Provider provider, string model, CallShape shape)
    {
        var at = time.GetUtcNow();
        var id = Guid.CreateVersion7(at);
        return new UsageRecord
        {
            Id = id,
            RequestId = id.ToString(),
            At = at,
            TenantId = caller.TenantId,
            Status = CallStatus.Open,
            KeyId = caller.Kind == CallerKind.ApiKey ? caller.Id : null,
            CallerName = caller.Name,
            Feature = Feature,
            Dialect = provider.Kind.Dialect,
            Endpoint = Feature,
            Asked = model,
            Route = "provider",
            Reason = Feature,
            ProviderId = provider.Id,
            Provider = provider.Name,
            Model = model,
            Stream = shape == CallShape.Stream,
        };
    }

    private static HttpRequestMessage Request(Provider provider, string model, CallShape shape) => shape == CallShape.Embedding
        ? provider.Kind.Embeddings(provider, model, Json(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { model, input = "Hi" })))
            ?? throw new UpstreamException(FailureClass.Rejected, new Phrase("upstream.embeddings", ("kind", provider.Kind.DisplayName)))
        : provider.Kind.Chat(provider, model, Json(provider.Kind.ShortestCall(provider, model, shape == CallShape.Stream)));

    // Embeddings have OpenAI's shape at every kind.
    private static ResponseFacts? Scan(byte[] body, Provider provider, CallShape shape)
    {
        var scanner = ResponseScanner.For(shape == CallShape.Embedding ? Dialect.OpenAiChat : provider.Kind.Dialect);
        try
        {
            if (shape != CallShape.Stream) scanner.ReadBody(body);
            else if (provider.Kind.Dialect == Dialect.OllamaChat) ScanLines(body, scanner);
            else ScanEvents(body, scanner);
            return scanner.Facts;
        }
        catch (WireFormatException)
        {
            return null;
        }
    }

    private static void ScanEvents(byte[] body, ResponseScanner scanner)
    {
        var (parser, rest) = (new SseParser(), new ReadOnlySequence<byte>(body));
        while (parser.TryRead(ref rest, out var block))
        {
            if (block.HasData) scanner.ReadEvent(block.Data);
        }
    }

    private static void ScanLines(byte[] body, ResponseScanner scanner)
    {
        var (parser, rest) = (new NdjsonParser(), new ReadOnlySequence<byte>(body));
        while (parser.TryRead(ref rest, out var line)) scanner.ReadEvent(line);
        if (parser.TryReadRest(ref rest, out var last)) scanner.ReadEvent(last);
    }

    private CallCost? CostOf(Provider provider, string model, ResponseFacts? facts)
    {
        if (facts?.Usage is not { } usage || !snapshots.Current.Tenants.TryGetValue(provider.TenantId, out var tenant)) return null;
        return tenant.PriceOf(provider, model) is { } price ? CallCost.Of(price, usage) : null;
    }

    private static FailureClass Failure(UpstreamAnswer answer) => answer.Success ? FailureClass.Malformed : UpstreamFailures.OfStatus(answer.Status);

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
