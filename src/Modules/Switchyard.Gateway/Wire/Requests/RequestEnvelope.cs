namespace Switchyard.Gateway.Wire.Requests;

/// <summary>
/// What the gateway must know of a request in order to admit, route and forward it, read in one pass over the client's
/// bytes without building a tree. The bytes themselves stay as they came.
/// </summary>
public sealed record RequestEnvelope
{
    /// <summary>Deepest nesting accepted.</summary>
    public const int MaxDepth = 64;

    /// <summary>The client's bytes.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What was read.</summary>
    public required RequestShape Shape { get; init; }

    /// <summary>Model or route the client named; never empty.</summary>
    public required string Model { get; init; }

    /// <summary>Top-level fields in order, each name once.</summary>
    public required IReadOnlyList<BodyField> Fields { get; init; }

    /// <summary>The client wants a stream.</summary>
    public bool Stream { get; init; }

    /// <summary>The client asked for <c>stream_options.include_usage</c>.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>The client's cap on output tokens (<c>max_completion_tokens</c> before <c>max_tokens</c>); null for none.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Answers asked for (<c>n</c>).</summary>
    public int Choices { get; init; } = 1;

    /// <summary>The client's end user: <c>user</c>, <c>safety_identifier</c> or Anthropic's <c>metadata.user_id</c>.</summary>
    public string? User { get; init; }

    /// <summary>The client's <c>metadata</c> object.</summary>
    public ByteSpan Metadata { get; init; }

    /// <summary><c>messages</c>, or the <c>input</c> of embeddings: the part that costs input tokens.</summary>
    public ByteSpan Content { get; init; }

    /// <summary>At least one tool is offered.</summary>
    public bool HasTools { get; init; }

    /// <summary>At least one message carries an image.</summary>
    public bool HasImages { get; init; }

    /// <summary>The answer must follow a JSON schema.</summary>
    public bool WantsJsonSchema { get; init; }

    /// <summary>The answer must be JSON, with or without a schema.</summary>
    public bool WantsJson { get; init; }

    /// <summary>Place of the value of <c>stream_options</c>.</summary>
    internal ByteSpan StreamOptions { get; init; }

    /// <summary>Place of the value of <c>stream_options.include_usage</c>.</summary>
    internal ByteSpan IncludeUsageValue { get; init; }

    /// <summary>Whether <c>stream_options</c> is an object that has fields.</summary>
    internal bool StreamOptionsFilled { get; init; }

    /// <summary>Reads a body.</summary>
    /// <exception cref="WireFormatException">
    /// <c>invalid_encoding</c>, <c>invalid_json</c>, <c>json_too_deep</c>, <c>json_object_expected</c>, <c>duplicate_field</c>,
    /// <c>field_required</c>, <c>invalid_type</c>, <c>value_out_of_range</c>, <c>value_too_long</c>; the field is named.
    /// </exception>
    public static RequestEnvelope Read(ReadOnlyMemory<byte> body, RequestShape shape) => new EnvelopeReader(body, shape).Read();

    /// <summary>Finds a top-level field.</summary>
    public bool TryFind(string name, out ByteSpan value)
    {
        foreach (var field in Fields)
        {
            if (field.Name != name) continue;
            value = field.Value;
            return true;
        }

        value = default;
        return false;
    }
}
