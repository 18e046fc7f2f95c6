using System.Text;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>Adds the steps of a stream up to the whole answer.</summary>
internal static class Collected
{
    public static LlmResponse From(IEnumerable<LlmStreamEvent> steps)
    {
        var (id, model, stop, sequence) = ("", "", StopReason.Unknown, (string?)null);
        TokenUsage? usage = null;
        var blocks = new SortedDictionary<int, Block>();
        Block At(int number) => blocks.TryGetValue(number, out var known) ? known : blocks[number] = new Block();
        foreach (var step in steps)
        {
            switch (step)
            {
                case StreamStarted started: (id, model) = (started.Id, started.Model); break;
                case TextDelta text: At(text.Block).Text.Append(text.Text); break;
                case RefusalDelta refusal: At(refusal.Block).Text.Append(refusal.Text); break;
                case ThinkingDelta thinking:
                    At(thinking.Block).IsThinking = true;
                    At(thinking.Block).Text.Append(thinking.Text);
                    At(thinking.Block).Signature = thinking.Signature ?? At(thinking.Block).Signature;
                    break;
                case RedactedThinking redacted: At(redacted.Block).Redacted = redacted.Data; break;
                case ToolCallStarted call: At(call.Block).Call = call; break;
                case ToolCallDelta more: At(more.Block).Text.Append(more.Json); break;
                case UsageReported reported: usage = reported.Usage; break;
                case StreamStopped stopped: (stop, sequence) = (stopped.Stop, stopped.StopSequence); break;
            }
        }

        return new LlmResponse(id, model, [.. blocks.Values.Select(block => block.Part())], stop, usage, sequence);
    }

    private sealed class Block
    {
        public StringBuilder Text { get; } = new();
        public bool IsThinking { get; set; }
        public string? Signature { get; set; }
        public string? Redacted { get; set; }
        public ToolCallStarted? Call { get; set; }

        public LlmPart Part() => Call is { } call ? new ToolCallPart(call.Id, call.Name, Text.ToString())
            : Redacted is { } data ? new ThinkingPart("", null, data)
            : IsThinking ? new ThinkingPart(Text.ToString(), Signature)
            : new TextPart(Text.ToString());
    }
}
