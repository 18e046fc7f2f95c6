using System.Text;
using Microsoft.Extensions.AI;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.InProcess;

/// <summary>Turns the steps of a stream into updates. Tool calls come out whole, at the end, as the abstractions know them.</summary>
internal sealed class ChatUpdates(DateTimeOffset created)
{
    private readonly SortedDictionary<int, (ToolCallStarted Start, StringBuilder Arguments)> _calls = [];
    private string? _id;
    private string? _model;

    public IEnumerable<ChatResponseUpdate> Of(LlmStreamEvent step)
    {
        switch (step)
        {
            case StreamStarted started:
                (_id, _model) = (started.Id, started.Model);
                break;
            case TextDelta text:
                yield return Update(new TextContent(text.Text));
                break;
            case ThinkingDelta { Text.Length: > 0 } thinking:
                yield return Update(new TextReasoningContent(thinking.Text));
                break;
            case RefusalDelta refusal:
                yield return Update(new ErrorContent(refusal.Text) { ErrorCode = "refusal" });
                break;
            case ToolCallStarted call:
                _calls[call.Block] = (call, new StringBuilder());
                break;
            case ToolCallDelta more when _calls.TryGetValue(more.Block, out var known):
                known.Arguments.Append(more.Json);
                break;
            case UsageReported usage:
                yield return Update(new UsageContent(ChatAnswers.Usage(usage.Usage)));
                break;
            case StreamStopped stopped:
                var last = Update([.. _calls.Values.Select(call => ChatAnswers.Call(call.Start.Id, call.Start.Name, call.Arguments.ToString()))]);
                last.FinishReason = ChatAnswers.Finish(stopped.Stop);
                yield return last;
                break;
        }
    }

    /// <summary>The closing update, with what became known about the call; it belongs to the answer, not to its message.</summary>
    public ChatResponseUpdate Closing(AdditionalPropertiesDictionary facts) =>
        new() { ResponseId = _id, ModelId = _model, CreatedAt = created, AdditionalProperties = facts };

    private ChatResponseUpdate Update(params IList<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _id,
        MessageId = _id,
        ModelId = _model,
        CreatedAt = created,
    };
}
