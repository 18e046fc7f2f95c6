using System.Text;
using System.Text.Json.Serialization;

namespace Switchyard.TestKit.Providers;

/// <summary>How an upstream call ended, as the mock provider saw it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallOutcome>))]
public enum CallOutcome
{
    /// <summary>Still being answered.</summary>
    Running,

    /// <summary>The whole answer was written.</summary>
    Completed,

    /// <summary>The script made it fail: an error status, a cut, damage.</summary>
    Faulted,

    /// <summary>The caller left before the end.</summary>
    Aborted,
}

/// <summary>One line of the mock provider's bill: everything it knows about one call.</summary>
public sealed class BilledCall
{
    /// <summary>The provider's own request id, sent back in headers and bodies.</summary>
    public required string Id { get; init; }

    /// <summary><c>openai</c>, <c>anthropic</c> or <c>ollama</c>.</summary>
    public required string Dialect { get; init; }

    public required string Path { get; init; }

    /// <summary>Model name as received: the script.</summary>
    public required string Model { get; init; }

    public bool Stream { get; init; }

    /// <summary>Headers as received; several values joined by commas.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body exactly as received.</summary>
    [JsonIgnore]
    public required byte[] Body { get; init; }

    /// <summary><see cref="Body"/> as text.</summary>
    [JsonPropertyName("body")]
    public string Text => Encoding.UTF8.GetString(Body);

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the answer was complete, failed, or the caller was seen to have left.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }

    public CallOutcome Outcome { get; internal set; }

    /// <summary>Status sent; 0 when the connection was cut before one.</summary>
    public int Status { get; internal set; }

    /// <summary>What the provider charges for. For an aborted or cut stream: the output sent so far.</summary>
    public MockUsage Usage { get; internal set; } = MockUsage.None;

    /// <summary>Pieces of content written.</summary>
    public int Pieces { get; internal set; }
}

/// <summary>Tokens by class as vendors count them.</summary>
/// <param name="Input">Fresh input tokens, without cached ones.</param>
/// <param name="Output">All output tokens, reasoning included.</param>
public sealed record MockUsage(long Input, long Output, long CachedRead = 0, long CacheWrite = 0, long Reasoning = 0)
{
    public static MockUsage None { get; } = new(0, 0);
}
