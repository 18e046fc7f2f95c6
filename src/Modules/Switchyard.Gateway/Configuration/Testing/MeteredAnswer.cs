using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Scanning;

namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>Form of a test's call.</summary>
internal enum CallShape
{
    Whole,
    Stream,
    Embedding,
}

/// <summary>How a test's call went.</summary>
/// <param name="Answer">What came; null when the call was not made.</param>
/// <param name="Facts">What the answer says; null when it is no answer of its dialect, or an error.</param>
/// <param name="Recorded">False: the journal had no room, and nothing is called without being recorded.</param>
internal sealed record MeteredAnswer(UpstreamAnswer? Answer, ResponseFacts? Facts, bool Recorded)
{
    /// <summary>An error that came inside a 200.</summary>
    public UpstreamError? Error { get; init; }
}
