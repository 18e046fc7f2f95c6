namespace Switchyard.Platform.Operations;

/// <summary>Which database this process works on.</summary>
/// <param name="ConnectionString">How to connect; holds a password.</param>
/// <param name="Embedded">Whether Switchyard runs it itself.</param>
public sealed record DatabaseLocation(string ConnectionString, bool Embedded)
{
    /// <summary>Never the password.</summary>
    public override string ToString() => Embedded ? "embedded" : "external";
}
