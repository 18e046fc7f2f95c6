using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Http;

/// <summary>The words of a problem in one language; shared by problem details and the dialects' errors.</summary>
public static class ProblemText
{
    /// <summary>Short name of the kind of problem.</summary>
    public static string Title(Messages messages, string language, Problem problem) =>
        messages.Text(language, $"errors.{problem.Code}.title", Args(problem));

    /// <summary>What was wrong in this case.</summary>
    public static string Detail(Messages messages, string language, Problem problem) =>
        messages.Text(language, $"errors.{problem.Code}.detail", Args(problem));

    /// <summary>How to mend it; null where the message has no cure.</summary>
    public static string? Cure(Messages messages, string language, Problem problem) =>
        messages.Find(language, $"errors.{problem.Code}.cure") is null
            ? null
            : messages.Text(language, $"errors.{problem.Code}.cure", Args(problem));

    private static IReadOnlyDictionary<string, object?> Args(Problem problem) => problem.Field is null || problem.Args.ContainsKey("field")
        ? problem.Args
        : new Dictionary<string, object?>(problem.Args) { ["field"] = problem.Field };
}
