using Microsoft.Extensions.Options;
using Npgsql;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.Storage.Backups;
using Switchyard.Platform.Storage.Embedded;
using Switchyard.Platform.Storage.Migrations;

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
        ConfigurationException or EmbeddedPostgresException or MigrationException or BackupException or SecretException or CommandException => fault.Message,
        OptionsValidationException refused => string.Join(" ", refused.Failures),
        PostgresException refused => $"The database refused: {refused.MessageText} [{refused.SqlState}]. Check --database, or run 'switchyard doctor'.",
        NpgsqlException unreachable => $"The database cannot be reached: {unreachable.InnerException?.Message ?? unreachable.Message} Check --database, or run 'switchyard doctor'.",
        IOException or UnauthorizedAccessException => $"{fault.Message} 'switchyard doctor' looks at each part.",
        _ => $"This should not happen: {fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")} Set {Details}=1 to see where, and please report it.",
    };
}
