using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Switchyard.Gateway.Wire.Requests;

/// <summary>
/// Changes single fields of a client's body by cutting and splicing, never by writing it anew: every other byte, also of
/// fields nobody here knows, reaches the vendor as it was sent.
/// </summary>
public static class BodyPatch
{
    private static readonly byte[] IncludeUsage = "\"include_usage\":true"u8.ToArray();
    private static readonly byte[] IncludeUsageMore = "\"include_usage\":true,"u8.ToArray();
    private static readonly byte[] True = "true"u8.ToArray();
    private static readonly byte[] UsageObject = "{\"include_usage\":true}"u8.ToArray();
    private static readonly byte[] UsageField = "\"stream_options\":{\"include_usage\":true},"u8.ToArray();

    /// <summary>Applies <paramref name="changes"/> to the body of <paramref name="envelope"/>.</summary>
    public static PatchedBody Apply(RequestEnvelope envelope, BodyChanges changes)
    {
        var edits = new List<Edit>(4);
        var front = FirstField(envelope);
        if (changes.Model is { } model && model != envelope.Model && envelope.TryFind("model", out var place))
            edits.Add(new Edit(place, Quote(model)));
        if (changes.IncludeUsage && envelope is { Stream: true, IncludeUsage: false } && changes.Set?.ContainsKey("stream_options") is not true)
            edits.Add(AskForUsage(envelope, front));
        if (changes.OutputCapField is { } cap && envelope.MaxOutputTokens is { } most) NameOutputCap(envelope, cap, most, edits);
        foreach (var (name, value) in changes.Set ?? new Dictionary<string, JsonElement>())
        {
            var json = Encoding.UTF8.GetBytes(value.GetRawText());
            if (name == "model") throw new ArgumentException("The model is changed through its own property.", nameof(changes));
            if (envelope.TryFind(name, out var old)) edits.Add(new Edit(old, json));
            else edits.Add(new Edit(front, [.. Quote(name), (byte)':', .. json, (byte)',']));
        }

        return Splice(envelope.Body, edits);
    }

    private static Edit AskForUsage(RequestEnvelope envelope, ByteSpan front)
    {
        if (envelope.IncludeUsageValue.Exists) return new Edit(envelope.IncludeUsageValue, True);
        if (!envelope.StreamOptions.Exists) return new Edit(front, UsageField);
        return envelope.Body.Span[envelope.StreamOptions.Start] == '{'
            ? new Edit(new ByteSpan(envelope.StreamOptions.Start + 1, 0), envelope.StreamOptionsFilled ? IncludeUsageMore : IncludeUsage)
            : new Edit(envelope.StreamOptions, UsageObject);
    }

    /// <summary>The cap stays the number it is and gets the name that the vendor takes; a body with both names keeps one.</summary>
    private static void NameOutputCap(RequestEnvelope envelope, string cap, int most, List<Edit> edits)
    {
        var other = cap == "max_tokens" ? "max_completion_tokens" : "max_tokens";
        if (!envelope.TryFind(other, out var place)) return;
        if (!envelope.TryFind(cap, out var kept))
        {
            edits.Add(new Edit(NameOf(envelope, place), Quote(cap)));
            return;
        }

        edits.Add(new Edit(kept, Encoding.ASCII.GetBytes(most.ToString(CultureInfo.InvariantCulture))));
        edits.Add(new Edit(WholeField(envelope, place), []));
    }

    /// <summary>The quoted name before a value. Names that are cut have no quotes in them, however they are escaped.</summary>
    private static ByteSpan NameOf(RequestEnvelope envelope, ByteSpan value)
    {
        var before = envelope.Body.Span[..value.Start];
        var end = before.LastIndexOf((byte)'"');
        var start = before[..end].LastIndexOf((byte)'"');
        return new ByteSpan(start, end + 1 - start);
    }

    /// <summary>A field with the comma that goes with it. There is always another field, so there is always a comma.</summary>
    private static ByteSpan WholeField(RequestEnvelope envelope, ByteSpan value)
    {
        var bytes = envelope.Body.Span;
        var start = NameOf(envelope, value).Start;
        var behind = value.End + bytes[value.End..].IndexOfAnyExcept(" \t\r\n"u8);
        if (bytes[behind] == ',') return new ByteSpan(start, behind + 1 - start);
        start = bytes[..start].LastIndexOf((byte)',');
        return new ByteSpan(start, value.End - start);
    }

    /// <summary>New fields go right behind the opening brace: there is always a field behind them, so a comma is always right.</summary>
    private static ByteSpan FirstField(RequestEnvelope envelope) => new(envelope.Body.Span.IndexOf((byte)'{') + 1, 0);

    private static PatchedBody Splice(ReadOnlyMemory<byte> body, List<Edit> edits)
    {
        if (edits.Count == 0) return new PatchedBody([body]);
        var pieces = new List<ReadOnlyMemory<byte>>((edits.Count * 2) + 1);
        var position = 0;
        foreach (var edit in edits.OrderBy(edit => edit.Place.Start)) // Stable: insertions at one place keep their order.
        {
            if (edit.Place.Start > position) pieces.Add(body[position..edit.Place.Start]);
            pieces.Add(edit.Bytes);
            position = edit.Place.End;
        }

        if (position < body.Length) pieces.Add(body[position..]);
        return new PatchedBody(pieces);
    }

    private static byte[] Quote(string text) => [(byte)'"', .. JsonEncodedText.Encode(text).EncodedUtf8Bytes, (byte)'"'];

    private readonly record struct Edit(ByteSpan Place, byte[] Bytes);
}
