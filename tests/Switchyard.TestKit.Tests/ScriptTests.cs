using Switchyard.TestKit.Providers;

namespace Switchyard.TestKit.Tests;

public sealed class ScriptTests
{
    [Fact]
    public void Words_joined_by_plus_add_up_and_a_vendors_prefix_is_ignored()
    {
        var script = Script.Parse("mock/tokens-100-20+ttft-300ms+cut-after-3+crlf");

        script.Usage.ShouldBe(new MockUsage(100, 20));
        script.BeforeFirstPiece.ShouldBe(TimeSpan.FromMilliseconds(300));
        (script.Fault, script.FaultAfter).ShouldBe(("cut", 3));
        script.Has("crlf").ShouldBeTrue();
        script.Has("comments").ShouldBeFalse();
    }

    [Theory]
    [InlineData("429-retry-after-2", 429, "retry-after", 2)]
    [InlineData("503-retry-date-7", 503, "retry-date", 7)]
    [InlineData("529", 529, null, 0)]
    public void Error_statuses_come_with_or_without_a_time_to_try_again(string model, int status, string? form, int seconds)
    {
        var script = Script.Parse(model);

        (script.ErrorStatus, script.RetryForm, script.RetrySeconds).ShouldBe((status, form, seconds));
    }

    [Fact]
    public void A_real_models_name_answers_as_usual()
    {
        var script = Script.Parse("claude-sonnet-4-5-20250929");

        (script.ErrorStatus, script.Fault, script.Usage).ShouldBe((0, null, null));
    }
}
