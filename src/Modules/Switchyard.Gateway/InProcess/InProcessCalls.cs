using Microsoft.Extensions.AI;
using Switchyard.Contracts.Models;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Routing;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.InProcess;

/// <summary>Takes calls of this process through the same pipeline as calls over HTTP.</summary>
internal sealed class InProcessCalls(GatewayPipeline pipeline, ISnapshots snapshots, Messages messages, TimeProvider time)
{
    /// <summary>Who calls, for what, and on whose account.</summary>
    public static CallLabels Labels(AdditionalPropertiesDictionary? properties)
    {
        var task = Text(properties, ModelCall.TaskType);
        if (task is not null && !TaskTypes.All.Contains(task)) throw new ArgumentException($"'{task}' is none of the task types: {string.Join(", ", TaskTypes.All)}.");
        return new CallLabels(Text(properties, ModelCall.Feature), task, Text(properties, ModelCall.User), Id(properties, ModelCall.Deal), Id(properties, ModelCall.Cycle));
    }

    /// <summary>The model that will most likely answer to <paramref name="asked"/>: it decides on habits of the wire.</summary>
    public string LikelyModel(AdditionalPropertiesDictionary? properties, string asked)
    {
        if (!snapshots.Current.Tenants.TryGetValue(Tenant(properties), out var tenant)) return asked;
        var plan = ModelRouter.Resolve(tenant, asked);
        return plan.Ok && plan.Value.Providers is [var first, ..] ? plan.Value.ModelAt(first) : asked;
    }

    /// <summary>Makes a call of <paramref name="body"/>, an OpenAI request.</summary>
    public GatewayCall Create(ReadOnlyMemory<byte> body, UpstreamOperation operation, AdditionalPropertiesDictionary? properties, MemoryReply reply)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var chat = operation == UpstreamOperation.Chat;
        try
        {
            return new GatewayCall
            {
                Id = id,
                RequestId = id.ToString(),
                At = now,
                Arrived = time.GetTimestamp(),
                Caller = Caller.System(Tenant(properties)),
                Snapshot = snapshots.Current,
                Dialect = Dialect.OpenAiChat,
                Operation = operation,
                Request = RequestEnvelope.Read(body, chat ? RequestShape.ChatCompletions : RequestShape.Embeddings),
                Reply = reply,
                Language = Language.English,
                Endpoint = chat ? "in-process/chat" : "in-process/embeddings",
                Labels = Labels(properties),
            };
        }
        catch (WireFormatException refused)
        {
            throw Refusal(WireProblems.Of(refused), id.ToString(), Language.English);
        }
    }

    /// <summary>Runs <paramref name="call"/>; its reply is complete afterwards, however it ended.</summary>
    public async Task RunAsync(GatewayCall call, MemoryReply reply, CancellationToken cancel)
    {
        try
        {
            await pipeline.RunAsync(call, cancel);
        }
        finally
        {
            await reply.CompleteAsync();
        }
    }

    /// <summary>Throws what stopped <paramref name="call"/>, if anything did.</summary>
    public void ThrowIfFailed(GatewayCall call, CancellationToken cancel)
    {
        if (call.Status == CallStatus.Aborted) cancel.ThrowIfCancellationRequested();
        if (call.Problem is { } problem) throw Refusal(problem, call.RequestId, call.Language);
        if (call.Status != CallStatus.Succeeded) throw Refusal(new Problem("internal_error", 500), call.RequestId, call.Language);
    }

    /// <summary>What the answer tells about the call.</summary>
    public static AdditionalPropertiesDictionary Facts(GatewayCall call)
    {
        var facts = new AdditionalPropertiesDictionary { [ModelCall.RequestId] = call.RequestId };
        if (call.Provider is { } provider) facts[ModelCall.Provider] = provider.Name;
        if (call.Cost is { } cost) (facts[ModelCall.Cost], facts[ModelCall.Currency]) = (cost.Amount, cost.Currency);
        if (call.Loss is { Items.Count: > 0 } loss) facts[ModelCall.Loss] = loss.Items.ToArray();
        return facts;
    }

    private GatewayCallException Refusal(Problem problem, string requestId, string language)
    {
        var detail = ProblemText.Detail(messages, language, problem);
        var text = ProblemText.Cure(messages, language, problem) is { } cure ? $"{detail} {cure}" : detail;
        return new GatewayCallException(problem, requestId, text) { RetryAfter = problem.RetryAfter };
    }

    private static Guid Tenant(AdditionalPropertiesDictionary? properties) => Id(properties, ModelCall.Tenant) ?? Tenants.Default;

    private static string? Text(AdditionalPropertiesDictionary? properties, string name) =>
        properties is not null && properties.TryGetValue(name, out var value) ? value?.ToString() : null;

    private static Guid? Id(AdditionalPropertiesDictionary? properties, string name)
    {
        if (Text(properties, name) is not { } text) return null;
        return Guid.TryParse(text, out var id) ? id : throw new ArgumentException($"'{name}' must be a GUID.");
    }
}
