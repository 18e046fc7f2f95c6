namespace Switchyard.Platform.Flags;

/// <summary>A feature flag.</summary>
/// <param name="Name">Lower-case name.</param>
/// <param name="Description">What it switches.</param>
/// <param name="State"><c>on</c> for everybody, <c>off</c> for everybody, or <c>percentage</c>.</param>
/// <param name="Percentage">Share of keys for which it is on in the state <c>percentage</c>; 0 to 100.</param>
/// <param name="Targets">Keys for which it is on in the state <c>percentage</c>, whatever the share.</param>
/// <param name="Kill">Off for everybody, above all else.</param>
/// <param name="UpdatedAt">When, UTC.</param>
/// <param name="UpdatedBy">Who.</param>
/// <param name="Version">Counts up with every change; also its ETag.</param>
/// <param name="Source"><c>database</c>, or <c>environment</c> when a variable overrides it.</param>
public sealed record Flag(
    string Name,
    string Description,
    string State,
    decimal Percentage,
    IReadOnlyList<string> Targets,
    bool Kill,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    long Version,
    string Source = "database")
{
    /// <summary>On for everybody.</summary>
    public const string On = "on";

    /// <summary>Off for everybody.</summary>
    public const string Off = "off";

    /// <summary>On for a share of the keys and for the targets.</summary>
    public const string Share = "percentage";

    /// <summary>All states.</summary>
    public static IReadOnlyList<string> States { get; } = [On, Off, Share];
}

/// <summary>One version of a flag.</summary>
/// <param name="Removed">True for the removal.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who.</param>
public sealed record FlagVersion(
    long Version, string Description, string State, decimal Percentage, IReadOnlyList<string> Targets, bool Kill, bool Removed, DateTimeOffset At, string By);

/// <summary>The answer for one key.</summary>
/// <param name="Enabled">On or off.</param>
/// <param name="Reason"><c>kill-switch</c>, <c>environment</c>, <c>on</c>, <c>off</c>, <c>target</c>, <c>percentage</c> or <c>unknown</c>.</param>
public sealed record FlagEvaluation(bool Enabled, string Reason);
