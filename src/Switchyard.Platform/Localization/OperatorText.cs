using System.Reflection;

namespace Switchyard.Platform.Localization;

/// <summary>
/// Texts for whoever sits at the terminal, in its language: <c>SWITCHYARD_LANGUAGE</c>, else <c>LC_ALL</c>,
/// <c>LC_MESSAGES</c>, <c>LANG</c>. Nothing is read before the first text is wanted.
/// </summary>
public static class OperatorText
{
    private static readonly Lazy<Messages> All = new(() => Messages.Load(Ours()));

    /// <summary>The terminal's language.</summary>
    public static string Language { get; } = Localization.Language.Of(
        new[] { "SWITCHYARD_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" }
            .Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value))?
            .Split('.')[0].Replace('_', '-'));

    /// <summary>The messages of the program and of every module that it was built with.</summary>
    public static Messages Texts => All.Value;

    /// <summary>The text of <paramref name="key"/> with its placeholders filled.</summary>
    public static string Say(string key, params (string Name, object? Value)[] args) => Say(new Phrase(key, args));

    /// <summary>The phrase in the terminal's language.</summary>
    public static string Say(Phrase phrase) => Texts.Text(Language, phrase);

    /// <summary>The phrase in English, for logs.</summary>
    public static string English(Phrase phrase) => Texts.Text(Localization.Language.English, phrase);

    private static IEnumerable<Assembly> Ours()
    {
        var entry = Assembly.GetEntryAssembly();
        return (entry?.GetReferencedAssemblies() ?? [])
            .Where(name => name.Name!.StartsWith("Switchyard.", StringComparison.Ordinal))
            .Select(Assembly.Load)
            .Append(typeof(OperatorText).Assembly)
            .Concat(entry is null ? [] : [entry])
            .Distinct();
    }
}
