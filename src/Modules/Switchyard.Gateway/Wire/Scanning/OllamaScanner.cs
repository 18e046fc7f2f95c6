using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;
using Switchyard.Gateway.Wire.Ollama;

namespace Switchyard.Gateway.Wire.Scanning;

/// <summary>Watches Ollama answers: one JSON object, or one per line.</summary>
internal sealed class OllamaScanner : ResponseScanner
{
    /// <inheritdoc/>
    public override void ReadBody(ReadOnlyMemory<byte> body) => WireJson.ReadLenient(body, ReadLine);

    /// <inheritdoc/>
    public override bool ReadEvent(ReadOnlyMemory<byte> data)
    {
        if (!data.IsEmpty) WireJson.ReadLenient(data, ReadLine);
        return true;
    }

    private bool ReadLine(JsonElement root)
    {
        if (UpstreamErrorReader.Find(root) is { } error)
        {
            Facts.Error = error;
            return true;
        }

        Facts.Model ??= root.Text("model");
        if (root.Member("message") is { ValueKind: JsonValueKind.Object } message)
        {
            Facts.Recognised = true;
            Facts.HasOutput |= !string.IsNullOrEmpty(message.Text("content")) || !string.IsNullOrEmpty(message.Text("thinking")) || message.Member("tool_calls") is not null;
        }

        if (root.Member("done") is not { ValueKind: JsonValueKind.True }) return true;
        Facts.Stop = OllamaStop.Read(root.Text("done_reason"));
        Facts.Usage = OllamaUsage.Read(root, out var refused) ?? Facts.Usage;
        Facts.UsageRefused |= refused;
        Facts.Completed = Facts.Error is null;
        return true;
    }
}
