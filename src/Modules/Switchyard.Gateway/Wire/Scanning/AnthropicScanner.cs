using System.Text.Json;
using Switchyard.Gateway.Wire.Anthropic;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Scanning;

/// <summary>Watches Anthropic answers. Deltas, nearly all of a stream, are told by their first bytes and not parsed.</summary>
internal sealed class AnthropicScanner : ResponseScanner
{
    /// <inheritdoc/>
    public override void ReadBody(ReadOnlyMemory<byte> body)
    {
        WireJson.ReadLenient(body, root =>
        {
            ReadError(root);
            if (Facts.Error is null) ReadMessage(root);
            return true;
        });
        Facts.HasOutput = Facts.Recognised;
        Facts.Completed = Facts.Recognised && Facts.Error is null;
    }

    /// <inheritdoc/>
    public override bool ReadEvent(ReadOnlyMemory<byte> data)
    {
        if (data.Span.StartsWith("{\"type\":\"content_block_delta\""u8) && data.Span[^1] == '}')
        {
            Facts.HasOutput = true;
            return true;
        }

        if (!data.IsEmpty) WireJson.ReadLenient(data, ReadStep);
        return true;
    }

    private bool ReadStep(JsonElement root)
    {
        switch (root.Text("type"))
        {
            case "message_start" when root.Member("message") is { } message:
                ReadMessage(message);
                break;
            case "content_block_start":
                Facts.HasOutput |= root.Member("content_block") is { } block && IsSaid(block);
                break;
            case "content_block_delta":
                Facts.HasOutput = true;
                break;
            case "message_delta":
                ReadStop(root.Member("delta"));
                ReadUsage(root.Member("usage"));
                break;
            case "message_stop":
                Facts.Completed = Facts.Error is null;
                break;
            default:
                ReadError(root);
                break;
        }

        return true;
    }

    /// <summary>Text and thinking begin empty and grow; other blocks, and some servers' texts, are said at once.</summary>
    private static bool IsSaid(JsonElement block) => block.Text("type") switch
    {
        null => false,
        "text" => block.Text("text") is { Length: > 0 },
        "thinking" => block.Text("thinking") is { Length: > 0 },
        _ => true,
    };

    private void ReadMessage(JsonElement message)
    {
        Facts.Id ??= message.Text("id");
        Facts.Model ??= message.Text("model");
        Facts.Recognised |= message.Member("content") is { ValueKind: JsonValueKind.Array };
        ReadStop(message);
        ReadUsage(message.Member("usage"));
    }

    private void ReadStop(JsonElement? parent)
    {
        if (parent?.Text("stop_reason") is { } reason) Facts.Stop = AnthropicStop.Read(reason);
    }

    private void ReadUsage(JsonElement? element)
    {
        if (element is not { } usage) return;
        var counts = AnthropicUsage.Read(usage, out var refused);
        Facts.UsageRefused |= refused;
        if (counts is { } now) Facts.Usage = AnthropicUsage.Larger(Facts.Usage, now);
    }

    private void ReadError(JsonElement root)
    {
        if (UpstreamErrorReader.Find(root) is { } error) Facts.Error = error;
    }
}
