namespace Switchyard.Server.Doctor;

/// <summary>What one examination found.</summary>
/// <param name="Part">What was looked at.</param>
/// <param name="State"><c>ok</c>, <c>warning</c> or <c>failed</c>.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Cure">How to mend it; null when all is well.</param>
internal sealed record Finding(string Part, string State, string Detail, string? Cure = null)
{
    public static Finding Ok(string part, string detail) => new(part, "ok", detail);

    public static Finding Warning(string part, string detail, string cure) => new(part, "warning", detail, cure);

    public static Finding Failed(string part, string detail, string cure) => new(part, "failed", detail, cure);
}
