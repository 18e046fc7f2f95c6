namespace Switchyard.Gateway.Providers;

/// <summary>Where a provider runs.</summary>
public enum DeploymentMode
{
    /// <summary>A vendor's service; private addresses are refused.</summary>
    Cloud,

    /// <summary>On the operator's own network; private and loopback addresses are allowed.</summary>
    Local,
}
