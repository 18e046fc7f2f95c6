namespace Switchyard.Platform.Http.OpenApi;

/// <summary>The shape of every refusal on <c>/api</c> and <c>/admin</c> (RFC 9457).</summary>
/// <param name="Type">Reference to the description of this kind of problem.</param>
/// <param name="Title">Kind of problem, in the caller's language.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What was wrong this time, in the caller's language.</param>
/// <param name="Instance">Path of the request.</param>
/// <param name="Code">Stable machine code.</param>
/// <param name="Field">Offending field, where there is one.</param>
/// <param name="Cure">How to mend it, in the caller's language.</param>
/// <param name="RequestId">Id of the request, for the operator.</param>
/// <param name="Errors">All fields that need correction, where there are several.</param>
public sealed record ProblemDocument(
    string Type, string Title, int Status, string Detail, string? Instance, string Code, string? Field, string? Cure, string RequestId,
    IReadOnlyList<FieldProblem>? Errors);

/// <summary>One field that needs correction.</summary>
public sealed record FieldProblem(string Code, string? Field, string Detail, string? Cure);
