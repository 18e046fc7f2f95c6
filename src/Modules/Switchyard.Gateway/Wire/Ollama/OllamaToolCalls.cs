using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Ollama;

/// <summary>Tool calls as Ollama carries them: arguments as an object, ids only in newer versions.</summary>
internal static class OllamaToolCalls
{
    /// <summary>Reads the calls of an answer; where Ollama gives no id, one is made from the answer's time and the call's number.</summary>
    public static IEnumerable<ToolCallPart> Read(JsonElement line, int before)
    {
        var stamp = string.Concat((line.Text("created_at") ?? "").Where(char.IsAsciiDigit).Take(23));
        foreach (var call in line.Member("message")?.Items("tool_calls") ?? [])
        {
            if (call.Member("function") is not { } function) continue;
            var id = call.Text("id") is { Length: > 0 } given ? given : $"call_{stamp}_{before}";
            before++;
            yield return new ToolCallPart(id, function.Text("name") ?? "", function.Member("arguments") switch
            {
                { ValueKind: JsonValueKind.String } text => WireText.Lenient(text),
                { } arguments => arguments.GetRawText(),
                null => "{}",
            });
        }
    }

    public static void Write(ToolCallPart call, Utf8JsonWriter json, LossReport? loss)
    {
        json.WriteStartObject();
        json.WriteString("id", call.Id);
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        ToolArguments.WriteObject(json, "arguments", call.Arguments, loss);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
