using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Switchyard.Server.Commands;

/// <summary>Where commands write: results on standard output, everything else on standard error.</summary>
internal static class Terminal
{
    private const int FileWidth = 240;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // The one place that may name the console.
#pragma warning disable RS0030
    /// <summary>Standard output.</summary>
    public static IAnsiConsole Output { get; } = Open(Console.Out, Console.IsOutputRedirected);

    /// <summary>Standard error.</summary>
    public static IAnsiConsole Errors { get; } = Open(Console.Error, Console.IsErrorRedirected);

    /// <summary>True when a person reads standard error.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected;

    /// <summary>Writes a line as it is, without wrapping or markup.</summary>
    public static void WriteLine(string line) => Console.Out.WriteLine(line);

    /// <summary>Writes a line to standard error, red when a person reads it.</summary>
    public static void WriteError(string line)
    {
        if (IsWatched) Errors.MarkupLineInterpolated($"[red]{line}[/]");
        else Console.Error.WriteLine(line);
    }
#pragma warning restore RS0030

    /// <summary>Writes a value for programs.</summary>
    public static void WriteJson<T>(T value) => WriteLine(JsonSerializer.Serialize(value, Json));

    // A file or a program gets neither colours nor lines broken at eighty characters.
    private static IAnsiConsole Open(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (redirected) console.Profile.Width = FileWidth;
        return console;
    }
}
