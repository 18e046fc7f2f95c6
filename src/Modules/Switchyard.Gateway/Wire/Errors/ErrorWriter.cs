using System.Buffers;
using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Errors;

/// <summary>Writes errors in the shape of the dialect that the client speaks.</summary>
public static class ErrorWriter
{
    /// <summary>Writes the body of a failed request.</summary>
    public static void WriteBody(Dialect dialect, WireError error, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, WireWriter.Options);
        json.WriteStartObject();
        switch (dialect)
        {
            case Dialect.AnthropicMessages:
                json.WriteString("type", "error");
                json.WriteStartObject("error");
                WriteMembers(dialect, error, json, openAi: false);
                json.WriteEndObject();
                json.WriteString("request_id", error.RequestId);
                break;
            case Dialect.OllamaChat:
                json.WriteString("error", error.Message);
                break;
            default:
                json.WriteStartObject("error");
                WriteMembers(dialect, error, json, openAi: true);
                json.WriteEndObject();
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the event that ends a broken stream; nothing may follow it.</summary>
    public static void WriteStreamEvent(Dialect dialect, WireError error, IBufferWriter<byte> output)
    {
        if (dialect == Dialect.AnthropicMessages) output.Write("event: error\n"u8);
        if (dialect != Dialect.OllamaChat) output.Write("data: "u8);
        WriteBody(dialect, error, output);
        output.Write(dialect == Dialect.OllamaChat ? "\n"u8 : "\n\n"u8);
    }

    private static void WriteMembers(Dialect dialect, WireError error, Utf8JsonWriter json, bool openAi)
    {
        json.WriteString("type", error.Type ?? ErrorTypes.For(dialect, error.Status));
        json.WriteString("message", error.Message);
        if (openAi || error.Field is not null) json.WriteString("param", error.Field);
        json.WriteString("code", error.Code);
        if (openAi && error.RequestId is not null) json.WriteString("request_id", error.RequestId);
        foreach (var (name, value) in error.Extensions)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, JsonSerializerOptions.Web);
        }
    }
}
