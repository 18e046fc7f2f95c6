using Switchyard.Gateway.Wire.Errors;

using Switchyard.Gateway.Wire.Requests;

namespace Switchyard.Gateway.Wire.Scanning;

/// <summary>What was seen of an answer so far while its bytes flowed through.</summary>
public sealed class ResponseFacts
{
    /// <summary>The vendor's id of the answer.</summary>
    public string? Id { get; internal set; }

    /// <summary>Model that answered, as the vendor names it.</summary>
    public string? Model { get; internal set; }

    /// <summary>Usage; null when the vendor reported none that can be true.</summary>
    public TokenUsage? Usage { get; internal set; }

    /// <summary>The vendor reported numbers that cannot be true (negative, fractional, beyond reason); they were ignored.</summary>
    public bool UsageRefused { get; internal set; }

    /// <summary>Why the model stopped; null when it did not say.</summary>
    public StopReason? Stop { get; internal set; }

    /// <summary>Where, in what was read last, finish reasons stand that OpenAI's clients do not know; null for nowhere.</summary>
    internal List<(ByteSpan Place, string Known)>? ForeignStops { get; set; }

    /// <summary>The error that came inside a 200 or inside the stream.</summary>
    public UpstreamError? Error { get; internal set; }

    /// <summary>The dialect's end mark was seen, or the whole body was read. A stream without it was cut.</summary>
    public bool Completed { get; internal set; }

    /// <summary>The model produced something: text, reasoning, a tool call, an embedding.</summary>
    public bool HasOutput { get; internal set; }

    /// <summary>The bytes are an answer of the dialect at all.</summary>
    public bool Recognised { get; internal set; }
}
