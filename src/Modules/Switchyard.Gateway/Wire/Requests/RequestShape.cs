namespace Switchyard.Gateway.Wire.Requests;

/// <summary>Which request body is read; decides what is required and what the fields are called.</summary>
public enum RequestShape
{
    /// <summary>OpenAI <c>/v1/chat/completions</c>.</summary>
    ChatCompletions,

    /// <summary>Anthropic <c>/v1/messages</c>.</summary>
    Messages,

    /// <summary>OpenAI <c>/v1/embeddings</c>.</summary>
    Embeddings,
}
