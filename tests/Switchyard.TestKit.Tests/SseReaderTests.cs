using System.Text;

namespace Switchyard.TestKit.Tests;

public sealed class SseReaderTests
{
    [Fact]
    public async Task Ids_names_several_data_lines_and_comments_are_read_and_an_unfinished_event_is_dropped()
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(
            ": hello\n\nid: 7\nevent: a.b\ndata: one\ndata: two\n\ndata:three\r\n\r\ndata: lost"));

        var messages = new List<SseMessage>();
        await foreach (var message in SseReader.ReadAsync(body, comments: true)) messages.Add(message);

        messages.ShouldBe(
        [
            new SseMessage("", "", null, "hello"),
            new SseMessage("7", "a.b", "one\ntwo"),
            new SseMessage("7", "message", "three"),
        ]);
    }
}
