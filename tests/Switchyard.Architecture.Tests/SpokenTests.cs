using System.Text.RegularExpressions;

namespace Switchyard.Architecture.Tests;

/// <summary>What people read comes from the message files, in their language; the source holds keys.</summary>
public sealed partial class SpokenTests
{
    /// <summary>Exceptions that no person is meant to read: bugs, or signals between two parts of the program.</summary>
    private static readonly string[] Unspoken =
    [
        "ArgumentException", "ArgumentOutOfRangeException", "InvalidOperationException", "NotSupportedException", "ObjectDisposedException",
        // Caught where a body is parsed, and told by code; a damaged resource of our own is a bug.
        "JsonException", "WireFormatException", "InvalidDataException",
        // The simulator plays a broken line; a full disk below the journal is told as a problem.
        "HttpIOException", "IOException",
    ];

    [Fact]
    public void An_exception_with_words_in_the_source_is_one_that_nobody_reads()
    {
        foreach (var (file, line, text) in Lines("src/"))
        {
            if (Thrown().Match(text) is not { Success: true } thrown) continue;
            Unspoken.ShouldContain(thrown.Groups[1].Value, $"{file}:{line} throws words; give the exception a Phrase, or say here why nobody reads it: {text}");
        }
    }

    [Fact]
    public void What_an_attempt_or_a_problem_of_the_configuration_says_is_a_phrase()
    {
        foreach (var (file, line, text) in Lines("src/"))
            Said().IsMatch(text).ShouldBeFalse($"{file}:{line} is shown to people; use a Phrase: {text}");
    }

    [Fact]
    public void Rules_of_options_say_a_key()
    {
        foreach (var (file, line, text) in Lines("src/"))
            Rule().IsMatch(text).ShouldBeFalse($"{file}:{line} refuses with words; use Demand and a key: {text}");
    }

    [Fact]
    public void Commands_options_and_answers_of_the_command_line_hold_no_sentence()
    {
        foreach (var (file, line, text) in Lines("src/Switchyard.Server/"))
        {
            // Logs are English; SQL and the kernel's names are no language of people.
            if (text.Contains("Log", StringComparison.Ordinal) || text.Contains("select ", StringComparison.Ordinal) || text.Contains("Max open files", StringComparison.Ordinal)) continue;
            Described().IsMatch(text).ShouldBeFalse($"{file}:{line} describes in English; CommandTexts finds the text by the name");
            Literal().Matches(text).Where(l => Sentence().IsMatch(l.Groups[1].Value)).ShouldBeEmpty($"{file}:{line} holds words for people; put them into the message files");
        }
    }

    private static IEnumerable<(string File, int Line, string Text)> Lines(string folder) =>
        from file in SourceTree.Below(folder, ".cs")
        from line in File.ReadLines(Repository.Path(file)).Select((text, i) => (text, i))
        where !line.text.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select (file, line.i + 1, line.text.Trim());

    // Words in whatever place of the arguments.
    [GeneratedRegex("""throw (?:new )?([A-Z]\w*Exception)\((?:[^"]*, )?\$?"[^"]* [^"]*\x22""")]
    private static partial Regex Thrown();

    [GeneratedRegex("""new (AttemptEnd|UpstreamError|StreamFault|ConfigurationProblem|ProbeResult)\(.*"[A-Z][a-z]* [^"]*\x22""")]
    private static partial Regex Said();

    [GeneratedRegex("""\.Validate\(\w+ =>.*"|ValidateOptionsResult\.Fail\(\$?\x22""")]
    private static partial Regex Rule();

    [GeneratedRegex("""Description = \$?"|new Command\("[^"]*", \x22""")]
    private static partial Regex Described();

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\b[A-Za-z]{2,}[,:]? [a-z]+ [a-z]{2,}")]
    private static partial Regex Sentence();
}
