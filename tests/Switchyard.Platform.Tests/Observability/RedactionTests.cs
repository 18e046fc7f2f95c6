using FsCheck;
using FsCheck.Fluent;
using Switchyard.Platform.Observability.Redaction;

namespace Switchyard.Platform.Tests.Observability;

public sealed class RedactionTests
{
    private const string KeyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly Gen<string> Token = Gen.Elements(KeyAlphabet.ToCharArray()).ArrayOf(40).Select(c => new string(c));
    private static readonly Gen<int> Digit = Gen.Choose(0, 9);

    private static readonly Gen<string> Secret = Gen.OneOf(
        Token.Select(t => "sy-" + t),
        Token.Select(t => "sk-ant-" + t),
        Token.Select(t => "sk-proj-" + t),
        Token.Select(t => "Bearer " + t),
        Token.Select(t => $"\"apiKey\":\"{t}\""),
        Token.Select(t => $"password={t}"),
        Token.Select(t => "eyJ" + t + "." + t + "." + t),
        Gen.Elements("li.wei+test@example.com", "王小明@例子.公司", "o'neil@mail.example.co.uk"),
        Digit.ArrayOf(9).Select(d => "13" + string.Concat(d)),
        Digit.ArrayOf(9).Select(d => "+86 138 " + string.Concat(d[..4]) + " " + string.Concat(d[4..8])),
        Digit.ArrayOf(4).Select(d => "(555) 010-" + string.Concat(d)),
        Digit.ArrayOf(10).Select(d => Card("453201" + string.Concat(d[..9]))),
        Digit.ArrayOf(10).Select(d => string.Join(' ', Card("540201" + string.Concat(d[..9])).Chunk(4).Select(c => new string(c)))),
        Digit.ArrayOf(3).Select(d => Identity("110105" + "19491231" + string.Concat(d))),
        Gen.Constant("123-45-6789"));

    private static readonly Gen<string> Around = Gen.Elements(
        "", " ", "\n", "\t", "key: ", "<", ">", "“", "”", "，", "用户", "x=", "{\"a\":", "}", "[", "]", "; ", "|", "\"", "'", "(", ")", "at ", " end", "é", "\u0001", "/");

    [Fact]
    public void P24_no_planted_secret_survives_whatever_surrounds_it() => Invariant.Holds(
        Around.Zip(Secret).Zip(Around).ArrayOf(3),
        parts =>
        {
            var text = string.Concat(parts.Select(p => p.Item1.Item1 + p.Item1.Item2 + p.Item2 + " "));
            var redacted = Redactor.Redact(text);
            foreach (var ((_, secret), _) in parts) redacted.ShouldNotContain(Core(secret), customMessage: text);
        },
        cases: 2_000);

    [Theory]
    [InlineData("GET /v1/chat/completions took 12.5 ms, 1024 tokens, cost 0.000123")]
    [InlineData("2026-11-21 03:11:38 node 10.0.0.12:8080 started in 1834 ms")]
    [InlineData("request 01940a3e-1111-7222-8333-444455556666 done")]
    [InlineData("request 12345678-1234-7123-8123-123456789012 done")]
    [InlineData("trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7")]
    [InlineData("epoch 1763694698123 sequence 123456789")]
    [InlineData("tokens: 500, max_tokens=4000, model gpt-4o-2024-08-06, o200k")]
    [InlineData("version 10.0.401, port 65535, 100 %")]
    [InlineData("令牌数 500，费用 0.0003 美元")]
    [InlineData("the secret of success is patience")]
    [InlineData("risk-assessment-of-long-hyphenated-things")]
    public void P24_harmless_text_stays_unchanged(string text) => Redactor.Redact(text).ShouldBe(text);

    [Fact]
    public void P24_redaction_is_idempotent() => Invariant.Holds(
        Around.Zip(Secret),
        pair =>
        {
            var once = Redactor.Redact(pair.Item1 + pair.Item2);
            Redactor.Redact(once).ShouldBe(once);
        });

    /// <summary>The part of a planted text that must not be seen: without names, schemes and e-mail hosts.</summary>
    private static string Core(string secret)
    {
        if (secret.StartsWith("Bearer ", StringComparison.Ordinal)) return secret[7..];
        if (secret.StartsWith('"')) return secret[10..^1];
        if (secret.StartsWith("password=", StringComparison.Ordinal)) return secret[9..];
        return secret.Contains('@', StringComparison.Ordinal) ? secret[..(secret.IndexOf('@', StringComparison.Ordinal) + 1)] : secret;
    }

    private static string Card(string head)
    {
        for (var check = 0; ; check++)
        {
            var sum = 0;
            var number = head + check;
            for (var i = 0; i < number.Length; i++)
            {
                var digit = number[^(i + 1)] - '0';
                if (i % 2 == 1 && (digit *= 2) > 9) digit -= 9;
                sum += digit;
            }

            if (sum % 10 == 0) return number;
        }
    }

    private static string Identity(string head)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = head.Select((c, i) => (c - '0') * weights[i]).Sum();
        return head + "10X98765432"[sum % 11];
    }
}
