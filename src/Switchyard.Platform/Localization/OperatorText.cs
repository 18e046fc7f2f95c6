using System.Reflection;

namespace Switchyard.Platform.Localization;

/// <summary>
/// Texts for whoever sits at the terminal, in its language: <c>SWITCHYARD_LANGUAGE</c>, else <c>LC_ALL</c>,
/// <c>LC_MESSAGES</c>, <c>LANG</c>. They stand among the messages of the platform and of the program.
/// </summary>
public static class OperatorText
{
    private static readonly Lazy<Messages> Texts = new(() => Messages.Load([typeof(OperatorText).Assembly, Assembly.GetEntryAssembly() ?? typeof(OperatorText).Assembly]));

    /// <summary>The terminal's language.</summary>
    public static string Language { get; } = Localization.Language.Of(
        new[] { "SWITCHYARD_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" }
            .Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value))?
            .Split('.')[0].Replace('_', '-'));

    /// <summary>The text of <paramref name="key"/> with its placeholders filled.</summary>
    public static string Say(string key, params (string Name, object? Value)[] args) =>
        Texts.Value.Text(Language, key, args.ToDictionary(a => a.Name, a => a.Value));
}
