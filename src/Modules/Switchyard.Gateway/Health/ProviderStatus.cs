namespace Switchyard.Gateway.Health;

/// <summary>How a provider is doing.</summary>
public enum ProviderStatus
{
    /// <summary>Not probed yet.</summary>
    Unknown,

    /// <summary>Answers.</summary>
    Healthy,

    /// <summary>Failed lately, or only just came back.</summary>
    Degraded,

    /// <summary>Has not answered several times in a row.</summary>
    Down,
}
