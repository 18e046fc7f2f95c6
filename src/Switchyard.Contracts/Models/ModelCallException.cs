namespace Switchyard.Contracts.Models;

/// <summary>
/// A model call made through <c>IChatClient</c> or <c>IEmbeddingGenerator</c> was refused or failed at every provider.
/// A workload that catches it falls back to its rules.
/// </summary>
/// <param name="code">Stable machine code, for example <c>all_providers_failed</c>.</param>
/// <param name="status">The HTTP status that a client would have seen.</param>
/// <param name="requestId">Id by which the request log finds the call.</param>
/// <param name="message">What was wrong and how to mend it.</param>
public class ModelCallException(string code, int status, string requestId, string message) : Exception(message)
{
    /// <summary>Stable machine code.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status that a client would have seen.</summary>
    public int Status { get; } = status;

    /// <summary>Id by which the request log finds the call.</summary>
    public string RequestId { get; } = requestId;

    /// <summary>When to try again; null when that would not help or nobody knows.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
