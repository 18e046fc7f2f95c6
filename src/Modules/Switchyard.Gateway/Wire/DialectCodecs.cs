using Switchyard.Gateway.Wire.Anthropic;
using Switchyard.Gateway.Wire.Ollama;
using Switchyard.Gateway.Wire.OpenAi;

namespace Switchyard.Gateway.Wire;

/// <summary>The codec of each dialect.</summary>
public static class DialectCodecs
{
    private static readonly OpenAiChatCodec OpenAi = new();
    private static readonly AnthropicCodec Anthropic = new();
    private static readonly OllamaCodec Ollama = new();

    /// <summary>All codecs.</summary>
    public static IReadOnlyList<IDialectCodec> All { get; } = [OpenAi, Anthropic, Ollama];

    /// <summary>The codec that speaks <paramref name="dialect"/>.</summary>
    public static IDialectCodec For(Dialect dialect) => dialect switch
    {
        Dialect.OpenAiChat => OpenAi,
        Dialect.AnthropicMessages => Anthropic,
        Dialect.OllamaChat => Ollama,
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, null),
    };
}
