using System.Buffers;
using System.Text;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>Short forms of what the pipeline does with codecs.</summary>
internal static class Codec
{
    public static AnswerOptions Answer { get; } = new("fallback-id", "fallback-model", DateTimeOffset.FromUnixTimeSeconds(1_760_000_000), IncludeUsage: true);

    public static (string Body, IReadOnlyList<string> Loss) Write(LlmRequest request, Dialect dialect, string model = "target-model", RequestOptions? options = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var loss = new LossReport();
        DialectCodecs.For(dialect).WriteRequest(request, options ?? new RequestOptions(model), output, loss);
        return (Encoding.UTF8.GetString(output.WrittenSpan), loss.Items);
    }

    public static (string Body, IReadOnlyList<string> Loss) Write(LlmResponse response, Dialect dialect, AnswerOptions? options = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var loss = new LossReport();
        DialectCodecs.For(dialect).WriteResponse(response, options ?? Answer, output, loss);
        return (Encoding.UTF8.GetString(output.WrittenSpan), loss.Items);
    }

    public static LlmRequest ReadRequest(string body, Dialect dialect) => DialectCodecs.For(dialect).ReadRequest(Encoding.UTF8.GetBytes(body));

    public static LlmResponse ReadResponse(string body, Dialect dialect) => DialectCodecs.For(dialect).ReadResponse(Encoding.UTF8.GetBytes(body));

    /// <summary>Writes steps as a whole stream.</summary>
    public static string Stream(IEnumerable<LlmStreamEvent> steps, Dialect dialect, AnswerOptions? options = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = DialectCodecs.For(dialect).OpenWriter(options ?? Answer);
        foreach (var step in steps) writer.Write(step, output);
        writer.Complete(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Frames and reads a stream that arrives in pieces.</summary>
    public static (List<LlmStreamEvent> Steps, bool Completed) Read(string stream, Dialect dialect, int seed = 0)
    {
        var pieces = Chunks.Cut(Encoding.UTF8.GetBytes(stream), seed);
        var frames = dialect == Dialect.OllamaChat ? Streams.Ndjson(pieces) : [.. Streams.Sse(pieces).Events.Select(item => item.Data)];
        var reader = DialectCodecs.For(dialect).OpenReader();
        var steps = new List<LlmStreamEvent>();
        foreach (var frame in frames) reader.Read(Encoding.UTF8.GetBytes(frame), steps);
        return (steps, reader.Completed);
    }
}
