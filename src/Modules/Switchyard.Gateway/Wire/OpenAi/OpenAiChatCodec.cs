using System.Buffers;
using System.Text.Json;
using Switchyard.Gateway.Wire.Json;
using Switchyard.Gateway.Wire.Requests;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>OpenAI chat completions. Source: the public OpenAPI description (openai/openai-openapi).</summary>
public sealed class OpenAiChatCodec : IDialectCodec
{
    /// <inheritdoc/>
    public Dialect Dialect => Dialect.OpenAiChat;

    /// <inheritdoc/>
    public LlmRequest ReadRequest(ReadOnlyMemory<byte> body) => WireJson.ReadStrict(body, OpenAiRequestReader.Read);

    /// <inheritdoc/>
    public void WriteRequest(LlmRequest request, RequestOptions options, IBufferWriter<byte> output, LossReport loss) =>
        FieldOverrides.Write(options, RequestShape.ChatCompletions, output, target =>
        {
            using var json = new Utf8JsonWriter(target, WireWriter.Options);
            OpenAiRequestWriter.Write(request, options, json, loss);
        });

    /// <inheritdoc/>
    public LlmResponse ReadResponse(ReadOnlyMemory<byte> body) => WireJson.ReadLenient(body, OpenAiResponses.Read);

    /// <inheritdoc/>
    public void WriteResponse(LlmResponse response, AnswerOptions options, IBufferWriter<byte> output, LossReport loss)
    {
        using var json = new Utf8JsonWriter(output, WireWriter.Options);
        OpenAiResponses.Write(response, options, json, loss);
    }

    /// <inheritdoc/>
    public IStreamReader OpenReader() => new OpenAiStreamReader();

    /// <inheritdoc/>
    public IStreamWriter OpenWriter(AnswerOptions options) => new OpenAiStreamWriter(options);
}
