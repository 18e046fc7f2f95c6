using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Tests.Wire;

public sealed class SseParserTests
{
    private static readonly string[] LineEnds = ["\n", "\r\n", "\r"];

    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", "a|b")]
    [InlineData("data: a\r\rdata: b\r\r", "a|b")]
    [InlineData("data: a\r\n\r\ndata: b\r\n\r\n", "a|b")]
    [InlineData("data: a\n\r\ndata: b\r\n\n", "a|b")]
    [InlineData("data: one\ndata: two\n\n", "one\ntwo")]
    [InlineData("data:no space\n\n", "no space")]
    [InlineData("data:  two spaces\n\n", " two spaces")]
    [InlineData("data\n\n", "")]
    [InlineData(": comment\n\ndata: a\n\n", "a")]
    [InlineData("\n\n\ndata: a\n\n", "a")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData("id: 7\nretry: 10\ndata: a\nunknown: x\n\n", "a")]
    [InlineData("dataset: x\ndata: a\n\n", "a")]
    [InlineData("data: without a last blank line", "without a last blank line")]
    [InlineData("data: [DONE]\n", "[DONE]")]
    [InlineData("data: 你好 😀\n\n", "你好 😀")]
    public void Every_framing_that_servers_send_is_read(string stream, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        for (var size = 1; size <= bytes.Length; size++)
        {
            var (events, raw) = Streams.Sse(bytes.Chunk(size));
            string.Join("|", events.Select(item => item.Data)).ShouldBe(expected);
            if (stream.EndsWith('\n') || stream.EndsWith('\r')) bytes.AsSpan(0, raw.Length).ToArray().ShouldBe(raw);
        }
    }

    [Fact]
    public void Events_are_the_same_however_the_bytes_are_cut()
    {
        var texts = Gen.Elements("a", "", "{\"x\":1}", "你好", "😀", "x: y", new string('q', 300));
        var gen =
            from events in texts.NonEmptyListOf()
            from ends in Gen.Elements(LineEnds).ListOf(events.Count)
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select (events, ends, seed);
        Prop.ForAll(gen.ToArbitrary(), sample =>
        {
            var text = new StringBuilder();
            foreach (var (data, end) in sample.events.Zip(sample.ends)) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"event: e{end}data: {data}{end}: note{end}{end}");
            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            var (events, raw) = Streams.Sse(Chunks.Cut(bytes, sample.seed));
            events.ShouldBe(sample.events.Select(data => ("e", data)));
            raw.Length.ShouldBeGreaterThanOrEqualTo(bytes.Length - 1); // The LF of a last CRLF may come after its event.
            bytes.AsSpan(0, raw.Length).SequenceEqual(raw).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_block_ends_behind_its_whole_last_line_break()
    {
        var buffer = new System.Buffers.ReadOnlySequence<byte>("data: a\r\n\r\ndata: b\r\n\r\n"u8.ToArray());
        var parser = new Switchyard.Gateway.Wire.Sse.SseParser();
        parser.TryRead(ref buffer, out var first).ShouldBeTrue();
        first.Raw.Length.ShouldBe(11);
        parser.TryRead(ref buffer, out var second).ShouldBeTrue();
        second.HasData.ShouldBeTrue();
        buffer.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void An_event_above_the_cap_is_refused_before_it_is_whole()
    {
        var line = Encoding.UTF8.GetBytes("data: " + new string('x', 5000));
        var refused = Should.Throw<WireFormatException>(() => Streams.Sse(line.Chunk(100), maxEventBytes: 1000));
        refused.Code.ShouldBe("event_too_large");
    }

    [Fact]
    public void A_ten_megabyte_event_in_small_pieces_is_read_in_linear_time()
    {
        var parser = new Switchyard.Gateway.Wire.Sse.SseParser(20_000_000);
        var pieces = new List<byte[]>();
        var line = Encoding.UTF8.GetBytes("data: " + new string('x', 10_000_000) + "\n\n");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var whole = new ReadOnlyMemory<byte>(line);
        var found = 0;
        for (var length = 1000; length <= line.Length + 999; length += 1000)
        {
            var buffer = new System.Buffers.ReadOnlySequence<byte>(whole[..Math.Min(length, line.Length)]);
            if (parser.TryRead(ref buffer, out var block)) found = block.Data.Length;
        }

        found.ShouldBe(10_000_000);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"b\":2}\n", 2)]
    [InlineData("{\"a\":1}\r\n\r\n\n{\"b\":2}", 2)]
    [InlineData("", 0)]
    [InlineData("\n\n", 0)]
    public void Lines_of_json_are_read_however_they_are_cut(string stream, int count)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        for (var size = 1; size <= Math.Max(1, bytes.Length); size++) Streams.Ndjson(bytes.Chunk(size)).Count.ShouldBe(count);
    }
}
