using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Switchyard.Contracts.Models;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Routing;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Sse;

namespace Switchyard.Gateway.InProcess;

/// <summary>
/// Models for callers in this process: the same routing, failover, accounting and limits as over HTTP. The options'
/// model names a model, a <c>provider/model</c> or a route; without one the active provider's default model answers.
/// Thread-safe.
/// </summary>
/// <exception cref="ModelCallException">The call was refused, or no provider answered.</exception>
public sealed class GatewayChatClient : IChatClient
{
    private static readonly ChatClientMetadata Metadata = new("switchyard");

    private readonly InProcessCalls _calls;

    internal GatewayChatClient(InProcessCalls calls) => _calls = calls;

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var reply = new MemoryReply(bounded: false);
        var call = Create(messages, options, stream: false, reply);
        await _calls.RunAsync(call, reply, cancellationToken);
        _calls.ThrowIfFailed(call, cancellationToken);
        var answer = DialectCodecs.For(Dialect.OpenAiChat).ReadResponse(await reply.ReadAllAsync(cancellationToken));
        var response = ChatAnswers.Of(answer, call.At);
        response.AdditionalProperties = InProcessCalls.Facts(call);
        return response;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reply = new MemoryReply(bounded: true);
        var call = Create(messages, options, stream: true, reply);
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = _calls.RunAsync(call, reply, left.Token);
        try
        {
            var updates = new ChatUpdates(call.At);
            await foreach (var step in ReadAsync(reply, cancellationToken))
                foreach (var update in updates.Of(step)) yield return update;

            await run;
            _calls.ThrowIfFailed(call, cancellationToken);
            yield return updates.Closing(InProcessCalls.Facts(call));
        }
        finally
        {
            // A reader that stops early leaves, as a client over HTTP does; the call is settled before we are gone.
            await left.CancelAsync();
            await reply.Reader.CompleteAsync();
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        return serviceType == typeof(ChatClientMetadata) ? Metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held between calls.
    }

    private GatewayCall Create(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream, MemoryReply reply)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var properties = options?.AdditionalProperties;
        var model = options?.ModelId ?? ModelRouter.Default;
        var request = ChatRequests.Of(messages, options, model, InProcessCalls.Labels(properties).User, stream);
        var body = new ArrayBufferWriter<byte>(1024);
        var written = new RequestOptions(model) { HabitsOf = _calls.LikelyModel(properties, model) };
        DialectCodecs.For(Dialect.OpenAiChat).WriteRequest(request, written, body, new LossReport());
        return _calls.Create(body.WrittenMemory, UpstreamOperation.Chat, properties, reply);
    }

    private static async IAsyncEnumerable<LlmStreamEvent> ReadAsync(MemoryReply reply, [EnumeratorCancellation] CancellationToken cancel)
    {
        var parser = new SseParser();
        var reader = DialectCodecs.For(Dialect.OpenAiChat).OpenReader();
        var steps = new List<LlmStreamEvent>();
        while (true)
        {
            var read = await reply.Reader.ReadAsync(cancel);
            var buffer = read.Buffer;
            while (parser.TryRead(ref buffer, out var block))
                if (block.HasData) reader.Read(block.Data, steps);

            reply.Reader.AdvanceTo(buffer.Start, buffer.End);
            foreach (var step in steps) yield return step;
            steps.Clear();
            if (read.IsCompleted) yield break;
        }
    }
}
