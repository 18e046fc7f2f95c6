namespace Switchyard.Gateway.Configuration;

/// <summary>What an operator sends to create or change a provider. Everything may be missing, so that all faults are told at once.</summary>
public record ProviderForm
{
    /// <summary>Unique per tenant; the left part of <c>provider/model</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Id of a kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Base address; the kind's own when left out.</summary>
    public string? Endpoint { get; init; }

    /// <summary><c>cloud</c> or <c>local</c>; the kind's own when left out.</summary>
    public string? Mode { get; init; }

    /// <summary>Left out: the stored key stays. Empty: it is removed.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Model names; the first is the default.</summary>
    public IReadOnlyList<string?>? Models { get; init; }

    /// <summary>Settings of the kind.</summary>
    public IReadOnlyDictionary<string, string?>? Options { get; init; }

    public bool? Enabled { get; init; }
    public int? ConnectTimeoutMs { get; init; }
    public int? TotalTimeoutMs { get; init; }

    /// <inheritdoc/>
    /// <remarks>Without the key, whatever logs or prints a form.</remarks>
    public override string ToString() => $"{Kind}:{Name}";
}
