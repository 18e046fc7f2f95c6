using FsCheck.Fluent;
using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Tests.Upstream;

public sealed class HeaderValuesTests
{
    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u007fb")]
    [InlineData("naïve")]
    public void Control_characters_are_not_safe(string value) => HeaderValues.IsSafe(value).ShouldBeFalse();

    [Fact]
    public void Every_text_becomes_a_safe_value()
    {
        Invariant.Holds(ArbMap.Default.GeneratorFor<string>().Where(s => s is not null && !s.Any(char.IsSurrogate)), text =>
        {
            var encoded = HeaderValues.Encode(text);
            HeaderValues.IsSafe(encoded).ShouldBeTrue();
            if (HeaderValues.IsSafe(text)) encoded.ShouldBe(text);
            else Uri.UnescapeDataString(encoded).ShouldBe(text);
        });
    }
}
