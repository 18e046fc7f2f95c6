namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>An unsaved form to try.</summary>
public sealed record ConnectionTestForm : ProviderForm
{
    /// <summary>The stored provider that is being edited; its key is used where the form gives none and the host is the same.</summary>
    public Guid? Id { get; init; }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
