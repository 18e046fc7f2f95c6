namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>The outcome of a step before it is put into words.</summary>
/// <param name="Outcome">Last part of the message key <c>gateway.test.{step}.{outcome}</c>.</param>
/// <param name="Detail">What the other side said.</param>
public sealed record StepResult(bool Ok, string Outcome, string? Detail, IReadOnlyDictionary<string, object?> Args)
{
    /// <summary>The step went well.</summary>
    public static StepResult Success(string outcome, string? detail = null, params (string Name, object? Value)[] args) =>
        new(true, outcome, detail, args.ToDictionary(a => a.Name, a => a.Value));

    /// <summary>The step failed.</summary>
    public static StepResult Failure(string outcome, string? detail = null, params (string Name, object? Value)[] args) =>
        new(false, outcome, detail, args.ToDictionary(a => a.Name, a => a.Value));
}
