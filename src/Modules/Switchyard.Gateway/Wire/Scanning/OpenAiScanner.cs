using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;
using Switchyard.Gateway.Wire.OpenAi;
using Switchyard.Gateway.Wire.Requests;

namespace Switchyard.Gateway.Wire.Scanning;

/// <summary>Watches OpenAI answers: chat completions, their chunks, embeddings.</summary>
internal sealed class OpenAiScanner(bool dropUsage) : ResponseScanner
{
    private bool _choicesEmpty;
    private bool _usageSeen;

    /// <inheritdoc/>
    public override void ReadBody(ReadOnlyMemory<byte> body)
    {
        Scan(body);
        Facts.Completed = Facts.Error is null;
    }

    /// <inheritdoc/>
    public override bool ReadEvent(ReadOnlyMemory<byte> data)
    {
        var trimmed = data.Span.Trim(" \t"u8);
        if (trimmed.SequenceEqual("[DONE]"u8))
        {
            Facts.Completed = Facts.Error is null;
            return true;
        }

        if (trimmed.IsEmpty) return true;
        Scan(data);
        return !(dropUsage && _usageSeen && _choicesEmpty);
    }

    private void Scan(ReadOnlyMemory<byte> json)
    {
        _choicesEmpty = _usageSeen = false;
        Facts.ForeignStops = null;
        try
        {
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = WireJson.MaxDepth });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw WireProblems.NoObject();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadField(ref reader);
            reader.Read();
        }
        catch (JsonException failure)
        {
            throw WireJson.Malformed(failure);
        }
        catch (InvalidOperationException)
        {
            throw WireProblems.Encoding("A text of the answer");
        }

        if (!Facts.Recognised && Facts.Error is null) Facts.Error = WireJson.ReadLenient(json, UpstreamErrorReader.Find);
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("id"u8)) Facts.Id = Text(ref reader, Facts.Id);
        else if (reader.ValueTextEquals("model"u8)) Facts.Model = Text(ref reader, Facts.Model);
        else if (reader.ValueTextEquals("choices"u8)) ReadChoices(ref reader);
        else if (reader.ValueTextEquals("usage"u8)) ReadUsage(ref reader);
        else if (reader.ValueTextEquals("error"u8)) ReadError(ref reader);
        else if (reader.ValueTextEquals("data"u8)) ReadData(ref reader);
        else reader.Skip();
    }

    private static string? Text(ref Utf8JsonReader reader, string? known)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && known is null && !reader.ValueIsEscaped && reader.ValueSpan.Length is > 0 and <= 256) return reader.GetString();
        reader.Skip();
        return known;
    }

    private void ReadChoices(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        Facts.Recognised = true;
        _choicesEmpty = true;
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 1))
        {
            _choicesEmpty = false;
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            if (reader.CurrentDepth == 3 && reader.ValueTextEquals("finish_reason"u8)) ReadFinish(ref reader);
            else if (reader.CurrentDepth == 4 && !Facts.HasOutput) ReadOutput(ref reader);
            else if (reader.CurrentDepth >= 4) reader.Skip();
        }
    }

    private void ReadFinish(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.ValueSpan.IsEmpty) return;
        var reason = reader.GetString()!;
        if (OpenAiStop.IsFailure(reason)) Facts.Error ??= OpenAiStop.Broken(reason);
        else Facts.Stop = OpenAiStop.Read(reason);
        // Typed clients throw on words that OpenAI does not use.
        if (OpenAiStop.Foreign(reason) is { } known)
            (Facts.ForeignStops ??= []).Add((new ByteSpan((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2), known));
    }

    /// <summary>A member of <c>delta</c> or <c>message</c>: is it something the model said?</summary>
    private void ReadOutput(ref Utf8JsonReader reader)
    {
        var says = reader.ValueTextEquals("content"u8) || reader.ValueTextEquals("reasoning_content"u8) || reader.ValueTextEquals("reasoning"u8)
            || reader.ValueTextEquals("refusal"u8) || reader.ValueTextEquals("tool_calls"u8) || reader.ValueTextEquals("function_call"u8) || reader.ValueTextEquals("audio"u8);
        reader.Read();
        if (says) Facts.HasOutput = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject || (reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty);
        reader.Skip();
    }

    private void ReadUsage(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        _usageSeen = true;
        var usage = OpenAiUsage.Read(JsonElement.ParseValue(ref reader), out var refused);
        Facts.UsageRefused |= refused;
        Facts.Usage = usage ?? Facts.Usage;
    }

    private void ReadError(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null or JsonTokenType.False) return;
        using var wrapped = JsonDocument.Parse($$"""{"error":{{JsonElement.ParseValue(ref reader).GetRawText()}}}""");
        Facts.Error = UpstreamErrorReader.Find(wrapped.RootElement) ?? Facts.Error;
    }

    private void ReadData(ref Utf8JsonReader reader)
    {
        reader.Read();
        Facts.Recognised |= reader.TokenType == JsonTokenType.StartArray;
        Facts.HasOutput |= reader.TokenType == JsonTokenType.StartArray;
        reader.Skip();
    }
}
