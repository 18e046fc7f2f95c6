using System.Buffers;
using System.Text.Json;
using Switchyard.Gateway.Wire.Json;
using Switchyard.Gateway.Wire.Requests;

namespace Switchyard.Gateway.Wire.Ollama;

/// <summary>Ollama chat. Source: https://github.com/ollama/ollama/blob/main/docs/api.md</summary>
public sealed class OllamaCodec : IDialectCodec
{
    /// <inheritdoc/>
    public Dialect Dialect => Dialect.OllamaChat;

    /// <inheritdoc/>
    public LlmRequest ReadRequest(ReadOnlyMemory<byte> body) => WireJson.ReadStrict(body, OllamaRequestReader.Read);

    /// <inheritdoc/>
    public void WriteRequest(LlmRequest request, RequestOptions options, IBufferWriter<byte> output, LossReport loss) =>
        FieldOverrides.Write(options, RequestShape.ChatCompletions, output, target =>
        {
            using var json = new Utf8JsonWriter(target, WireWriter.Options);
            OllamaRequestWriter.Write(request, options, json, loss);
        });

    /// <inheritdoc/>
    public LlmResponse ReadResponse(ReadOnlyMemory<byte> body) => WireJson.ReadLenient(body, OllamaResponses.Read);

    /// <inheritdoc/>
    public void WriteResponse(LlmResponse response, AnswerOptions options, IBufferWriter<byte> output, LossReport loss)
    {
        using var json = new Utf8JsonWriter(output, WireWriter.Options);
        OllamaResponses.Write(response, options, json, loss);
    }

    /// <inheritdoc/>
    public IStreamReader OpenReader() => new OllamaStreamReader();

    /// <inheritdoc/>
    public IStreamWriter OpenWriter(AnswerOptions options) => new OllamaStreamWriter(options);
}
