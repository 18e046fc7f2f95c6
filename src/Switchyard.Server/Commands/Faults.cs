using Microsoft.Extensions.Options;
using Npgsql;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary>Says in one line why a command or a start failed, and what to do.</summary>
internal static class Faults
{
    private const string Details = "SWITCHYARD_FAULT_DETAILS";

    /// <summary>Writes the line to standard error, and the whole fault after it when somebody asked for it.</summary>
    public static void Tell(Exception fault)
    {
        Terminal.WriteError(Explain(fault));
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Details))) Terminal.WriteError(fault.ToString());
    }

    private static string Explain(Exception fault) => fault switch
    {
        AggregateException many => string.Join(Environment.NewLine, many.Flatten().InnerExceptions.Select(Explain).Distinct()),
        System.Reflection.TargetInvocationException { InnerException: { } inner } => Explain(inner),
        PhrasedException spoken => Say(spoken.Phrase),
        RefusedException refused => string.Join(Environment.NewLine, refused.Problems.Select(p => $"{ProblemText.Detail(Texts, OperatorText.Language, p)} {ProblemText.Cure(Texts, OperatorText.Language, p)}")),
        OptionsValidationException refused => string.Join(Environment.NewLine, refused.Failures.Select(f => Say(new ConfigurationException(SettingsRule.Problem(f)).Phrase))),
        PostgresException => Say("fault.database.refused", ("reason", Reason.Of(fault))),
        NpgsqlException => Say("fault.database.unreachable", ("reason", Reason.Of(fault))),
        IOException or UnauthorizedAccessException => Say("fault.machine", ("reason", Reason.At(fault))),
        _ => Say("fault.bug", ("kind", fault.GetType().Name), ("words", fault.Message.ReplaceLineEndings(" ")), ("variable", Details)),
    };
}
