using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Platform.State;

namespace Switchyard.Platform.Tests.State;

public sealed class MergePatchTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void The_examples_of_RFC_7396_hold(string target, string patch, string expected)
    {
        var result = MergePatch.Apply(JsonNode.Parse(target), JsonNode.Parse(patch));
        JsonNode.DeepEquals(result, JsonNode.Parse(expected)).ShouldBeTrue(result?.ToJsonString());
    }

    [Fact]
    public void Merging_twice_is_merging_once_and_neither_argument_changes() => Invariant.Holds(
        Objects(3).Zip(Objects(3)),
        pair =>
        {
            var (target, patch) = pair;
            var (before, asked) = (target.ToJsonString(), patch.ToJsonString());

            var once = MergePatch.Apply(target, patch);
            var twice = MergePatch.Apply(once, patch);

            JsonNode.DeepEquals(once, twice).ShouldBeTrue();
            target.ToJsonString().ShouldBe(before);
            patch.ToJsonString().ShouldBe(asked);
        });

    [Fact]
    public void Members_that_a_patch_does_not_name_stay_and_those_it_names_are_as_it_says() => Invariant.Holds(
        Objects(3).Zip(Objects(3)),
        pair =>
        {
            var (target, patch) = pair;
            var merged = MergePatch.Apply(target, patch)!.AsObject();
            foreach (var name in Names)
            {
                if (!patch.TryGetPropertyValue(name, out var change)) JsonNode.DeepEquals(merged[name], target[name]).ShouldBeTrue();
                else if (change is null) merged.ContainsKey(name).ShouldBeFalse();
                else if (change is not JsonObject) JsonNode.DeepEquals(merged[name], change).ShouldBeTrue();
            }
        });

    [Fact]
    public void No_null_ever_enters_through_an_object_patch() => Invariant.Holds(
        Objects(3),
        patch => NullMembers(MergePatch.Apply(null, patch)).ShouldBe(0));

    private static int NullMembers(JsonNode? node) => node is JsonObject o ? o.Sum(m => m.Value is null ? 1 : NullMembers(m.Value)) : 0;

    private static Gen<JsonObject> Objects(int depth) =>
        Gen.Elements(Names).Zip(Values(depth)).ListOf().Select(members =>
        {
            var result = new JsonObject();
            foreach (var (name, value) in members) result[name] = value?.DeepClone();
            return result;
        });

    private static Gen<JsonNode?> Values(int depth)
    {
        var plain = Gen.OneOf(
            Gen.Constant<JsonNode?>(null),
            Gen.Choose(-5, 5).Select(n => (JsonNode?)JsonValue.Create(n)),
            Gen.Elements("x", "", "\u0000", "名").Select(s => (JsonNode?)JsonValue.Create(s)),
            Gen.Choose(0, 3).Select(n => (JsonNode?)new JsonArray([.. Enumerable.Range(0, n).Select(i => JsonValue.Create(i))])));
        return depth == 0 ? plain : Gen.Frequency((3, plain), (2, Objects(depth - 1).Select(o => (JsonNode?)o)));
    }
}
