namespace Switchyard.Gateway.Pipeline;

/// <summary>
/// Handles one model call. The stages of the pipeline are decorators over this interface: each does its part,
/// calls the next, and sees the outcome on the way back. A refusal is <see cref="GatewayCall.Refuse"/> and a
/// return, never an exception.
/// </summary>
public interface ICallHandler
{
    /// <summary>Answers <paramref name="call"/> through its reply, or refuses it.</summary>
    ValueTask HandleAsync(GatewayCall call, CancellationToken cancel);
}
