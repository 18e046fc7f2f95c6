using System.Text.Json;
using System.Text.Unicode;
using Switchyard.Gateway.Wire.Errors;

namespace Switchyard.Gateway.Wire.Requests;

/// <summary>The one pass behind <see cref="RequestEnvelope.Read"/>.</summary>
internal sealed class EnvelopeReader(ReadOnlyMemory<byte> body, RequestShape shape)
{
    private const int LongestModel = 256;

    private readonly List<BodyField> _fields = new(12);
    private HashSet<string>? _manyNames;
    private string? _model;
    private string? _user;
    private bool _stream, _includeUsage, _optionsFilled, _tools, _images, _schema, _json;
    private int? _maxTokens, _maxCompletionTokens;
    private int _choices = 1;
    private ByteSpan _metadata, _content, _streamOptions, _includeUsageValue;

    public RequestEnvelope Read()
    {
        var bytes = body.Span;
        if (!Utf8.IsValid(bytes)) throw WireProblems.Encoding("The body");
        try
        {
            ReadRoot(bytes);
        }
        catch (JsonException failure)
        {
            throw Json.WireJson.Malformed(failure);
        }
        catch (InvalidOperationException)
        {
            throw WireProblems.Encoding("A text of the body");
        }

        if (_model is null) throw WireProblems.Missing("model");
        if (!_content.Exists) throw WireProblems.Missing(shape == RequestShape.Embeddings ? "input" : "messages");
        return new RequestEnvelope
        {
            Body = body,
            Shape = shape,
            Model = _model,
            Fields = _fields,
            Stream = _stream,
            IncludeUsage = _includeUsage,
            MaxOutputTokens = _maxCompletionTokens ?? _maxTokens,
            Choices = _choices,
            User = _user,
            Metadata = _metadata,
            Content = _content,
            HasTools = _tools,
            HasImages = _images,
            WantsJsonSchema = _schema,
            WantsJson = _json || _schema,
            StreamOptions = _streamOptions,
            IncludeUsageValue = _includeUsageValue,
            StreamOptionsFilled = _optionsFilled,
        };
    }

    private void ReadRoot(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = RequestEnvelope.MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw WireProblems.NoObject();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = FieldNames.Of(ref reader);
            RefuseDuplicate(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            ReadField(name, ref reader);
            var value = new ByteSpan(start, (int)reader.BytesConsumed - start);
            _fields.Add(new BodyField(name, value));
            switch (name)
            {
                case "metadata": _metadata = value; break;
                case "stream_options": _streamOptions = value; break;
                case "messages" when shape != RequestShape.Embeddings: _content = value; break;
                case "input" when shape == RequestShape.Embeddings: _content = value; break;
            }
        }

        reader.Read(); // Throws on anything behind the object.
    }

    /// <summary>Leaves <paramref name="reader"/> on the last token of the value.</summary>
    private void ReadField(string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "model": _model = ReadModel(ref reader); break;
            case "stream": _stream = ReadFlag(ref reader, name); break;
            case "max_tokens": _maxTokens = ReadCount(ref reader, name); break;
            case "max_completion_tokens": _maxCompletionTokens = ReadCount(ref reader, name); break;
            case "n": _choices = ReadCount(ref reader, name) ?? 1; break;
            case "user": _user = ReadText(ref reader, name); break;
            case "safety_identifier": _user ??= ReadText(ref reader, name); break;
            case "messages" when shape != RequestShape.Embeddings: ReadMessages(ref reader); break;
            case "tools": ReadTools(ref reader); break;
            case "stream_options": ReadStreamOptions(ref reader); break;
            case "metadata": ReadMetadata(ref reader); break;
            case "response_format" or "output_config" or "output_format": ReadFormat(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    private static string ReadModel(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) throw WireProblems.WrongType("model", "string");
        var model = reader.GetString()!;
        if (string.IsNullOrWhiteSpace(model)) throw WireProblems.Missing("model");
        if (model.Length > LongestModel) throw WireProblems.TooLong("model", LongestModel);
        return model;
    }

    private void ReadMessages(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw WireProblems.WrongType("messages", "array");
        var any = false;
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 1))
        {
            if (reader.CurrentDepth == 2)
            {
                if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject)) throw WireProblems.WrongType("messages[]", "object");
                any = true;
            }

            // messages[].content[].type, and one level deeper inside a tool result.
            if (_images || reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth is not (5 or 7)) continue;
            if (!reader.ValueTextEquals("type"u8)) continue;
            reader.Read();
            _images |= reader.TokenType == JsonTokenType.String && (reader.ValueTextEquals("image_url"u8) || reader.ValueTextEquals("image"u8));
        }

        if (!any) throw WireProblems.Missing("messages[0]");
    }

    private void ReadTools(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.StartArray) throw WireProblems.WrongType("tools", "array");
        reader.Read();
        _tools = reader.TokenType != JsonTokenType.EndArray;
        while (!(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 1))
        {
            reader.Skip();
            reader.Read();
        }
    }

    private void ReadStreamOptions(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.StartObject) throw WireProblems.WrongType("stream_options", "object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            _optionsFilled = true;
            var usage = reader.ValueTextEquals("include_usage"u8);
            reader.Read();
            if (usage)
            {
                if (_includeUsageValue.Exists) throw WireProblems.Duplicate("stream_options.include_usage");
                _includeUsage = ReadFlag(ref reader, "stream_options.include_usage");
                _includeUsageValue = new ByteSpan((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex));
            }

            reader.Skip();
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.StartObject) throw WireProblems.WrongType("metadata", "object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var user = shape == RequestShape.Messages && reader.ValueTextEquals("user_id"u8);
            reader.Read();
            if (user) _user = ReadText(ref reader, "metadata.user_id");
            else reader.Skip();
        }
    }

    /// <summary>OpenAI's <c>response_format.type</c>, Anthropic's <c>output_config.format.type</c> and its older <c>output_format.type</c>.</summary>
    private void ReadFormat(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 1))
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth > 3 || !reader.ValueTextEquals("type"u8)) continue;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) continue;
            _schema |= reader.ValueTextEquals("json_schema"u8);
            _json |= reader.ValueTextEquals("json_object"u8);
        }
    }

    private static bool ReadFlag(ref Utf8JsonReader reader, string field) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False or JsonTokenType.Null => false,
        _ => throw WireProblems.WrongType(field, "boolean"),
    };

    private static string? ReadText(ref Utf8JsonReader reader, string field) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        _ => throw WireProblems.WrongType(field, "string"),
    };

    private static int? ReadCount(ref Utf8JsonReader reader, string field)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.Number) throw WireProblems.WrongType(field, "integer");
        if (!reader.TryGetInt32(out var count) || count < 0)
            throw WireProblems.OutOfRange(field, 0, int.MaxValue);
        return count;
    }

    private void RefuseDuplicate(string name)
    {
        const int few = 24; // Comparing with every name is quickest for honest bodies; hostile ones get a set.
        if (_fields.Count < few)
        {
            foreach (var field in _fields)
                if (field.Name == name) throw WireProblems.Duplicate(name);
            return;
        }

        _manyNames ??= [.. _fields.Select(field => field.Name)];
        if (!_manyNames.Add(name)) throw WireProblems.Duplicate(name);
    }
}
