using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Switchyard.Platform.Observability.Redaction;

namespace Switchyard.Platform.Observability.Logs;

/// <summary>One short line an entry, for people at a terminal; redacted, with control characters made visible.</summary>
public sealed class RedactingTextFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>Name for <c>Logging:Console:FormatterName</c>.</summary>
    public const string FormatterName = "switchyard-text";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = Redactor.Redact(logEntry.Formatter(logEntry.State, null));
        textWriter.Write($"{time.GetUtcNow():HH:mm:ss} {Level(logEntry.LogLevel)} ");
        textWriter.WriteLine(OneLine(message));
        if (logEntry.Exception is { } error) textWriter.WriteLine(Redactor.Redact(error.ToString()));
    }

    private static string OneLine(string message) => !message.AsSpan().ContainsAnyInRange('\0', '\u001f')
        ? message
        : string.Concat(message.Select(c => c switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < ' ' => $"\\u{(int)c:x4}",
            _ => c.ToString(),
        }));

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        _ => "error",
    };
}
