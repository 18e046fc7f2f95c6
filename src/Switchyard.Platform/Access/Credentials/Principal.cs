namespace Switchyard.Platform.Access.Credentials;

/// <summary>A credential as a ring holds it: who it stands for and until when. Immutable but for its use.</summary>
/// <param name="id">Id of the key or session.</param>
/// <param name="caller">Who it stands for.</param>
/// <param name="expiresAt">From then on it is refused; null for never.</param>
/// <param name="use">Its open requests and last use; survives a reload of the ring.</param>
public sealed class Principal(Guid id, Caller caller, DateTimeOffset? expiresAt, CredentialUse use)
{
    /// <summary>Id of the key or session.</summary>
    public Guid Id => id;

    /// <summary>Who it stands for.</summary>
    public Caller Caller => caller;

    /// <summary>From then on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt => expiresAt;

    /// <summary>Its open requests and last use.</summary>
    public CredentialUse Use => use;

    /// <summary>How long it lives without being used; null for no such limit.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>The key that made this key, whose limits hold for it too; null for a person's.</summary>
    public Guid? MakerKeyId { get; init; }

    /// <summary>True when a module keeps a policy for this key, without which the module must refuse it.</summary>
    public bool Restricted { get; init; }

    /// <summary>True while it may be used.</summary>
    public bool IsValid(DateTimeOffset now) =>
        (expiresAt is not { } end || now < end) && (Idle is not { } idle || now - use.LastUsed < idle);
}
