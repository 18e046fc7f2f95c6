namespace Switchyard.Platform.Access;

/// <summary>Settings of access.</summary>
public sealed class AccessOptions
{
    /// <summary>Directory of the service's own files; null keeps nothing on disk.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>The operator's token for automation, at least 20 characters; null for none.</summary>
    public string? AdminToken { get; set; }

    /// <summary>A session ends after this long without a request.</summary>
    /// <value>12 hours.</value>
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromHours(12);

    /// <summary>A session ends after this long in any case.</summary>
    /// <value>14 days.</value>
    public TimeSpan SessionLongest { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Rounds of PBKDF2 (HMAC-SHA-512).</summary>
    /// <value>210,000, as OWASP advises.</value>
    public int PasswordRounds { get; set; } = 210_000;

    /// <summary>How long the sign-in link of the first start is good for.</summary>
    /// <value>15 minutes.</value>
    public TimeSpan FirstLinkLife { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an invitation is good for.</summary>
    /// <value>One day.</value>
    public TimeSpan InvitationLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>A file of ours below the data directory; null without one.</summary>
    public string? FileIn(string name) => DataDirectory is null ? null : Path.Combine(DataDirectory, "access", name);
}
