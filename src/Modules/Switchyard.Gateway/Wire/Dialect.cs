namespace Switchyard.Gateway.Wire;

/// <summary>A wire language of model calls. A call passes through untouched when client and provider speak the same.</summary>
public enum Dialect
{
    /// <summary>OpenAI chat completions (<c>/v1/chat/completions</c>), spoken by most vendors.</summary>
    OpenAiChat,

    /// <summary>Anthropic Messages (<c>/v1/messages</c>).</summary>
    AnthropicMessages,

    /// <summary>Ollama chat (<c>/api/chat</c>, newline-delimited JSON); upstream only.</summary>
    OllamaChat,
}
