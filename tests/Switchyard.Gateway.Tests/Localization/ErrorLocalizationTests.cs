using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Tests.Localization;

public sealed partial class ErrorLocalizationTests
{
    private static readonly Messages Texts = Messages.Load([typeof(Problem).Assembly, typeof(GatewayModule).Assembly]);

    private static readonly List<string> Codes =
        [.. Texts.Keys(Language.English).Select(key => Key().Match(key)).Where(m => m.Success).Select(m => m.Groups[1].Value).Order()];

    private static readonly ServiceProvider Services = new ServiceCollection().AddSingleton(Texts).BuildServiceProvider();

    [Fact]
    public void P22_every_error_says_the_same_in_each_language_with_one_code_and_one_status()
    {
        Codes.Count.ShouldBeGreaterThan(60);
        var cases =
            from code in Gen.Elements<string>(Codes)
            from status in Gen.Elements(400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 502, 503, 504)
            from field in Gen.Elements<string?>(null, "model", "messages[0].content")
            from value in Gen.Elements("gpt-5", "道岔", "{odd}", "a \"quoted\" one", "7")
            select new Problem(code, status, field) { Args = Places(code).ToDictionary(name => name, _ => (object?)value) };
        // Each code at least once, and then as chance has it.
        foreach (var code in Codes) Check(new Problem(code, 400, "model") { Args = Places(code).ToDictionary(name => name, _ => (object?)"gpt-5") });
        Prop.ForAll(cases.ToArbitrary(), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static void Check(Problem problem)
    {
        var (english, chinese) = (Said(problem, "en-US"), Said(problem, "zh-CN,zh;q=0.9,en;q=0.8"));
        foreach (var said in new[] { english, chinese })
        {
            said.Status.ShouldBe(problem.Status);
            said.Code.ShouldBe(problem.Code);
            said.Field.ShouldBe(problem.Field);
            foreach (var text in new[] { said.Title, said.Detail }.OfType<string>())
            {
                text.ShouldNotBeNullOrWhiteSpace();
                Place().Matches(text).Select(m => m.Value).Except(["{odd}"]).ShouldBeEmpty(problem.Code);
            }
        }

        english.Title.ShouldNotBe(chinese.Title, problem.Code);
        english.Detail.ShouldNotBe(chinese.Detail, problem.Code);
        Han().IsMatch(chinese.Title!).ShouldBeTrue(problem.Code);
    }

    private static (int? Status, string? Code, string? Field, string? Title, string? Detail) Said(Problem problem, string accept)
    {
        var http = new DefaultHttpContext { RequestServices = Services };
        http.Request.Headers.AcceptLanguage = accept;
        var details = JsonSerializer.SerializeToElement(ProblemResults.Details(http, problem), JsonSerializerOptions.Web);
        string? Text(string name) => details.TryGetProperty(name, out var value) ? value.GetString() : null;
        return (details.GetProperty("status").GetInt32(), Text("code"), Text("field"), Text("title"), Text("detail"));
    }

    private static IEnumerable<string> Places(string code) => new[] { "title", "detail", "cure" }
        .SelectMany(part => Place().Matches(Texts.Find(Language.English, $"errors.{code}.{part}") ?? "").Select(m => m.Groups[1].Value))
        .Where(name => name != "field").Distinct();

    [GeneratedRegex(@"^errors\.([a-z0-9_]+)\.title$")]
    private static partial Regex Key();

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();
}
