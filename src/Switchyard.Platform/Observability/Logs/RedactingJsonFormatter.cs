using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Switchyard.Platform.Observability.Redaction;

namespace Switchyard.Platform.Observability.Logs;

/// <summary>
/// One JSON object a line: <c>time</c>, <c>level</c>, <c>source</c>, <c>message</c>, its values, trace and error.
/// Every text is redacted before it is written; line breaks are escaped, so that no input can forge a line.
/// </summary>
public sealed class RedactingJsonFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    // Control characters stay escaped; quotes and Chinese stay readable. No browser ever interprets a log.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Name for <c>Logging:Console:FormatterName</c>.</summary>
    public const string FormatterName = "switchyard-json";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow());
            json.WriteString("level", Level(logEntry.LogLevel));
            json.WriteString("source", logEntry.Category);
            json.WriteString("message", Redactor.Redact(logEntry.Formatter(logEntry.State, null)));
            if (Activity.Current is { } activity) json.WriteString("trace", activity.TraceId.ToString());
            if (logEntry.State is IReadOnlyList<KeyValuePair<string, object?>> values) WriteValues(json, values);
            if (logEntry.Exception is { } error) json.WriteString("error", Redactor.Redact(error.ToString()));
            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        json.WriteStartObject("values");
        foreach (var (name, value) in values)
        {
            if (name == "{OriginalFormat}") continue;
            switch (value)
            {
                case null: json.WriteNull(name); break;
                case int number: json.WriteNumber(name, number); break;
                case long number: json.WriteNumber(name, number); break;
                case bool flag: json.WriteBoolean(name, flag); break;
                default: json.WriteString(name, Redactor.Redact($"{value}")); break;
            }
        }

        json.WriteEndObject();
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
