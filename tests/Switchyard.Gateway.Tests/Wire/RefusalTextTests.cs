using System.Text.RegularExpressions;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>What a refused body or a broken answer says: never an empty place in a sentence.</summary>
public sealed partial class RefusalTextTests
{
    private static readonly Messages Texts = Messages.Load([typeof(Problem).Assembly, typeof(GatewayModule).Assembly]);

    public static TheoryData<string> Codes =>
        ["invalid_encoding", "json_object_expected", "duplicate_field", "field_required", "invalid_type", "value_not_allowed", "value_too_long", "value_out_of_range"];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_refusal_fills_every_place_of_its_sentence(string code)
    {
        var refused = Refused(code);
        var problem = WireProblems.Of(refused);

        foreach (var language in Language.All)
        {
            var given = problem.Args.Keys.Append("field").ToHashSet();
            foreach (var part in new[] { "title", "detail", "cure" })
                Place().Matches(Texts.Find(language, $"errors.{code}.{part}")!).Select(m => m.Groups[1].Value).ShouldBeSubsetOf(given, $"{code}.{part}");
            ProblemText.Detail(Texts, language, problem).ShouldBe(Texts.Text(language, refused.Phrase));
            ProblemText.Detail(Texts, language, problem).Length.ShouldBeGreaterThan(8);
        }
    }

    private static WireFormatException Refused(string code) => code switch
    {
        "invalid_encoding" => WireProblems.Encoding("The JSON"),
        "json_object_expected" => WireProblems.NoObject(),
        "duplicate_field" => WireProblems.Duplicate("model"),
        "field_required" => WireProblems.Missing("model"),
        "invalid_type" => WireProblems.WrongType("model", "string"),
        "value_not_allowed" => WireProblems.NotAllowed("role", "user", "tool"),
        "value_too_long" => WireProblems.TooLong("model", 7),
        _ => WireProblems.OutOfRange("n", 1, 2),
    };

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Place();
}
