using System.Buffers;
using System.Text.Json;
using Switchyard.Gateway.Wire.Json;
using Switchyard.Gateway.Wire.Requests;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>Anthropic Messages. Source: https://docs.anthropic.com/en/api/messages</summary>
public sealed class AnthropicCodec : IDialectCodec
{
    /// <inheritdoc/>
    public Dialect Dialect => Dialect.AnthropicMessages;

    /// <inheritdoc/>
    public LlmRequest ReadRequest(ReadOnlyMemory<byte> body) => WireJson.ReadStrict(body, AnthropicRequestReader.Read);

    /// <inheritdoc/>
    public void WriteRequest(LlmRequest request, RequestOptions options, IBufferWriter<byte> output, LossReport loss) =>
        FieldOverrides.Write(options, RequestShape.Messages, output, target =>
        {
            using var json = new Utf8JsonWriter(target, WireWriter.Options);
            AnthropicRequestWriter.Write(request, options, json, loss);
        });

    /// <inheritdoc/>
    public LlmResponse ReadResponse(ReadOnlyMemory<byte> body) => WireJson.ReadLenient(body, AnthropicResponses.Read);

    /// <inheritdoc/>
    public void WriteResponse(LlmResponse response, AnswerOptions options, IBufferWriter<byte> output, LossReport loss)
    {
        using var json = new Utf8JsonWriter(output, WireWriter.Options);
        AnthropicResponses.Write(response, options, json, loss);
    }

    /// <inheritdoc/>
    public IStreamReader OpenReader() => new AnthropicStreamReader();

    /// <inheritdoc/>
    public IStreamWriter OpenWriter(AnswerOptions options) => new AnthropicStreamWriter(options);
}
