using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Wire.Requests;

namespace Switchyard.Gateway.Upstream;

/// <summary>What is asked of a provider.</summary>
public enum UpstreamOperation
{
    Chat,
    Embeddings,
}

/// <summary>One call to one provider; the body is complete and in the provider's dialect.</summary>
/// <param name="Headers">Client headers that go along, already checked by <see cref="HeaderValues.IsSafe"/>; null for none.</param>
public readonly record struct UpstreamCall(
    Provider Provider,
    UpstreamOperation Operation,
    string Model,
    PatchedBody Body,
    IReadOnlyList<KeyValuePair<string, string>>? Headers = null)
{
    /// <summary>Whoever waits for the answer may be continued in the thread that watches the socket.</summary>
    public bool Inline { get; init; }
}
