using Switchyard.Gateway.Wire.Errors;

namespace Switchyard.Gateway.Wire;

/// <summary>A vendor's answer with a good status that is an error in truth.</summary>
public sealed class UpstreamErrorException(UpstreamError error) : Exception(error.Message)
{
    /// <summary>What the vendor said.</summary>
    public UpstreamError Error { get; } = error;
}
