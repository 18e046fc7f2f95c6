using System.Diagnostics.CodeAnalysis;

namespace Switchyard.Platform.Http;

/// <summary>A value, or the reason why there is none. For expected refusals only; bugs throw.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Problem? problem) => (_value, Problem) = (value, problem);

    /// <summary>Why it was refused; null on success.</summary>
    public Problem? Problem { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Ok => Problem is null;

    /// <summary>The value; throws when refused.</summary>
    public T Value => Problem is null ? _value! : throw new InvalidOperationException($"Refused: {Problem.Code}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Problem problem) => new(default, problem);
}
