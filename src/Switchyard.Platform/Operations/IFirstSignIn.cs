namespace Switchyard.Platform.Operations;

/// <summary>Makes the link with which the first person signs in.</summary>
public interface IFirstSignIn
{
    /// <summary>Path and query of a fresh one-time link (<c>/welcome?token=…</c>); null once somebody can sign in.</summary>
    Task<string?> LinkPathAsync(CancellationToken cancel);
}
