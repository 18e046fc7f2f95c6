using System.Buffers;
using System.Text;
using System.Text.Json;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Errors;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>What the gateway writes in OpenAI's dialect is what OpenAI's own description says.</summary>
public sealed class OpenAiSchemaTests
{
    private const int Rounds = 200;
    private static readonly OpenAiSchema? Schema = OpenAiSchema.Load();

    [Fact]
    public void Requests_are_as_described()
    {
        SkipWithoutDescription();
        for (var seed = 0; seed < Rounds; seed++)
            foreach (var from in Enum.GetValues<Dialect>())
                Conforms("CreateChatCompletionRequest", Codec.Write(Codec.ReadRequest(Codec.Write(new Generated(seed).Request(from), from).Body, from), Dialect.OpenAiChat, seed % 2 == 0 ? "gpt-5.1" : "gpt-4o").Body, seed);
    }

    [Fact]
    public void Answers_are_as_described()
    {
        SkipWithoutDescription();
        for (var seed = 0; seed < Rounds; seed++) Conforms("CreateChatCompletionResponse", Codec.Write(new Generated(seed).Response(), Dialect.OpenAiChat).Body, seed);
        foreach (var stop in Enum.GetValues<StopReason>())
            Conforms("CreateChatCompletionResponse", Codec.Write(new LlmResponse("", "", [new RefusalPart("no")], stop, null), Dialect.OpenAiChat).Body, 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Chunks_are_as_described(bool includeUsage)
    {
        SkipWithoutDescription();
        for (var seed = 0; seed < Rounds; seed++)
        {
            var generated = new Generated(seed);
            var stream = Codec.Stream(generated.Steps(generated.Response()), Dialect.OpenAiChat, Codec.Answer with { IncludeUsage = includeUsage });
            foreach (var (_, data) in Streams.Sse([Encoding.UTF8.GetBytes(stream)]).Events.Where(item => item.Data != "[DONE]")) Conforms("CreateChatCompletionStreamResponse", data, seed);
        }
    }

    [Fact]
    public void Errors_are_as_described()
    {
        SkipWithoutDescription();
        foreach (var status in new[] { 400, 401, 403, 404, 429, 500, 504 })
        {
            var output = new ArrayBufferWriter<byte>();
            ErrorWriter.WriteBody(Dialect.OpenAiChat, new WireError(status, "code", "message"), output);
            Conforms("ErrorResponse", Encoding.UTF8.GetString(output.WrittenSpan), status);
        }
    }

    [Fact]
    public void The_check_itself_sees_what_is_wrong()
    {
        SkipWithoutDescription();
        Schema!.Check("CreateChatCompletionResponse", JsonDocument.Parse("""{"id":7,"object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"done","logprobs":null}]}""").RootElement)
            .Count.ShouldBe(3);
    }

    private static void Conforms(string schema, string json, int seed) =>
        Schema!.Check(schema, JsonDocument.Parse(json).RootElement).ShouldBeEmpty($"seed {seed}: {json}");

    private static void SkipWithoutDescription() => Assert.SkipWhen(Schema is null, "OpenAI's API description is not at hand.");
}
