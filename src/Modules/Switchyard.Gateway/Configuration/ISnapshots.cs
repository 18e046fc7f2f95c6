namespace Switchyard.Gateway.Configuration;

/// <summary>Holds the current snapshot. Reading is one volatile load.</summary>
public interface ISnapshots
{
    /// <summary>The snapshot of now; keep the reference for the whole request.</summary>
    GatewaySnapshot Current { get; }
}
