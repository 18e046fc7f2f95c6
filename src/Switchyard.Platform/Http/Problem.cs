namespace Switchyard.Platform.Http;

/// <summary>
/// An expected refusal: what was wrong, which field, how to mend it. Turned into RFC 9457 problem details on
/// <c>/api</c> and <c>/admin</c>, and into the dialect's own error on <c>/v1</c>. Texts come from the message
/// resources: <c>errors.{code}.title</c>, <c>errors.{code}.detail</c>, <c>errors.{code}.cure</c>.
/// </summary>
/// <param name="Code">Stable machine code, <c>snake_case</c>, the same in every language.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Field">JSON path or query name of the offending field, for example <c>endpoint</c> or <c>models[2].name</c>.</param>
public sealed record Problem(string Code, int Status, string? Field = null)
{
    /// <summary>Values for the placeholders of the message texts. Never a secret.</summary>
    public IReadOnlyDictionary<string, object?> Args { get; init; } = new Dictionary<string, object?>();

    /// <summary>Further problems found at the same time (all invalid fields at once).</summary>
    public IReadOnlyList<Problem> Inner { get; init; } = [];

    /// <summary>Extra members of the problem document, for example the attempts of a failed call.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; init; } = new Dictionary<string, object?>();

    /// <summary>When to try again; becomes <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same problem with a placeholder value.</summary>
    public Problem With(string name, object? value) =>
        this with { Args = new Dictionary<string, object?>(Args) { [name] = value } };
}
