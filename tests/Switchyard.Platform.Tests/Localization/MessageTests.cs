using System.Text.RegularExpressions;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;

namespace Switchyard.Platform.Tests.Localization;

public sealed partial class MessageTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    /// <summary>Message files as they stand in the source: module → language → texts.</summary>
    private static readonly Dictionary<string, Dictionary<string, Dictionary<string, string>>> Files =
        Directory.GetFiles(Source, "en-US.json", SearchOption.AllDirectories)
            .Where(f => f.Contains($"{Path.DirectorySeparatorChar}Messages{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToDictionary(
                f => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(f)!)!),
                f => Language.All.ToDictionary(l => l, l => Read(Path.Combine(Path.GetDirectoryName(f)!, l + ".json"))));

    public static TheoryData<string> Modules => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Modules))]
    public void P21_both_languages_have_the_same_keys(string module) =>
        Files[module][Language.English].Keys.Order().ShouldBe(Files[module][Language.Chinese].Keys.Order());

    [Theory]
    [MemberData(nameof(Modules))]
    public void P21_placeholders_match(string module)
    {
        foreach (var (key, english) in Files[module][Language.English])
        {
            var chinese = Files[module][Language.Chinese][key];
            // {field} is offered by the problem itself and may be left out where the sentence does not need it.
            Placeholders(chinese).ShouldBe(Placeholders(english), customMessage: key);
        }
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void P21_no_value_is_empty_or_untranslated(string module)
    {
        foreach (var (key, chinese) in Files[module][Language.Chinese])
        {
            chinese.ShouldNotBeNullOrWhiteSpace(key);
            Files[module][Language.English][key].ShouldNotBeNullOrWhiteSpace(key);
            // A text of placeholders alone has nothing to translate.
            if (Placeholder().Replace(chinese, "").Any(char.IsLetter)) chinese.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}", customMessage: key);
        }
    }

    [Fact]
    public void P22_every_error_code_in_the_source_has_a_title_and_a_detail_in_both_languages()
    {
        var known = Language.All.ToDictionary(l => l, l => Files.Values.SelectMany(f => f[l].Keys).ToHashSet());
        var codes = Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .Distinct()
            .ToList();

        codes.Count.ShouldBeGreaterThan(15);
        foreach (var code in codes)
        foreach (var language in Language.All)
        {
            known[language].ShouldContain($"errors.{code}.title", customMessage: language);
            known[language].ShouldContain($"errors.{code}.detail", customMessage: language);
        }
    }

    [Fact]
    public void P22_every_key_that_the_source_says_exists_in_both_languages()
    {
        var known = Language.All.ToDictionary(l => l, l => Files.Values.SelectMany(f => f[l].Keys).ToHashSet());
        var said = Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => Said().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .Distinct()
            .ToList();

        said.Count.ShouldBeGreaterThan(100);
        foreach (var key in said)
        foreach (var language in Language.All) known[language].ShouldContain(key, customMessage: language);
    }

    [Fact]
    public void A_phrase_survives_being_written_and_is_said_in_any_language()
    {
        var messages = Messages.Load([typeof(IModule).Assembly]);
        var phrase = new Phrase("backup.unreadable", ("path", "/a \"b\" {c}"), ("reason", new Phrase("reason.missing")));

        messages.Read(Language.English, phrase.Write()).ShouldBe("/a \"b\" {c} cannot be read as a backup: there is no such file or directory");
        messages.Read(Language.Chinese, phrase.Write()).ShouldBe("无法将 /a \"b\" {c} 作为备份读取：文件或目录不存在");
        foreach (var other in new[] { "", "HTTP 500", "phrase:", "phrase:{}", "phrase:[]", "phrase:[1]", phrase.Write()[..^3], new Phrase("no.such.key").Write() })
            messages.Read(Language.Chinese, other).ShouldBe(other, "somebody's own words");
        messages.Read(Language.Chinese, null).ShouldBeNull();
    }

    [Fact]
    public void A_text_fills_its_placeholders_and_an_unknown_key_speaks_for_itself()
    {
        var messages = Messages.Load([typeof(IModule).Assembly]);

        messages.Text(Language.English, "errors.not_found.detail", new Dictionary<string, object?> { ["resource"] = "key", ["id"] = 7 })
            .ShouldBe("There is no key with id 7.");
        messages.Text(Language.Chinese, "errors.not_found.title").ShouldBe("未找到");
        messages.Text(Language.English, "no.such.key").ShouldBe("no.such.key");
    }

    [Theory]
    [InlineData("zh-CN", "zh-CN")]
    [InlineData("zh", "zh-CN")]
    [InlineData("zh-Hans-CN;q=0.9, en;q=0.8", "zh-CN")]
    [InlineData("fr, en;q=0.5, zh;q=0.9", "zh-CN")]
    [InlineData("zh;q=0, en", "en-US")]
    [InlineData("fr", "en-US")]
    [InlineData("", "en-US")]
    [InlineData(";;;q=,", "en-US")]
    public void P22_the_language_follows_accept_language(string header, string language) => Language.Of(header).ShouldBe(language);

    private static Dictionary<string, string> Read(string file) =>
        System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!;

    private static List<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Value).Distinct().Order()];

    [GeneratedRegex(@"\{[A-Za-z]+\}")]
    private static partial Regex Placeholder();

    // A key may hold an expression; those parts are the business of their own tests.
    [GeneratedRegex("""(?:\bnew Phrase|\bSay|\.Demand|\bBroken)\((?:"[a-z]+(?::[A-Za-z]+)+", (?:o => [^"]+, )?)?"([a-zA-Z.-]+)"(?!\s*=>)""")]
    private static partial Regex Said();

    [GeneratedRegex("""(?:new Problem|new)\("([a-z][a-z0-9_]+)",\s*(?:StatusCodes\.Status)?[45]\d\d""")]
    private static partial Regex Code();
}
