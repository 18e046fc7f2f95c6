using System.Text.Json;

namespace Switchyard.Gateway.Wire.Json;

/// <summary>A value of a client's request together with its path, so that every complaint names its field.</summary>
internal readonly record struct WireNode(JsonElement Element, string Path)
{
    /// <summary>The member; null when absent or JSON null.</summary>
    public WireNode? this[string name] =>
        Object().Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new WireNode(value, Path.Length == 0 ? name : $"{Path}.{name}")
            : null;

    /// <summary>The member; refused when absent.</summary>
    public WireNode Required(string name)
    {
        if (this[name] is { } value) return value;
        var field = Path.Length == 0 ? name : $"{Path}.{name}";
        throw new WireFormatException("missing_field", field, $"The field '{field}' is missing.");
    }

    /// <summary>Kind of the value.</summary>
    public JsonValueKind Kind => Element.ValueKind;

    public bool IsText => Kind == JsonValueKind.String;

    public string Text() => Kind == JsonValueKind.String ? Element.GetString()! : throw Wrong("a string");

    public bool Flag() => Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("true or false"),
    };

    public int Count() =>
        Kind == JsonValueKind.Number && Element.TryGetInt32(out var value) && value >= 0 ? value : throw Wrong("a whole number of 0 or more");

    public long Whole() => Kind == JsonValueKind.Number && Element.TryGetInt64(out var value) ? value : throw Wrong("a whole number");

    public double Number() =>
        Kind == JsonValueKind.Number && Element.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw Wrong("a number");

    public WireNode Object() => Kind == JsonValueKind.Object ? this : throw Wrong("an object");

    /// <summary>A copy that outlives the document.</summary>
    public JsonElement Keep() => Element.Clone();

    public IEnumerable<WireNode> Items()
    {
        if (Kind != JsonValueKind.Array) throw Wrong("an array");
        var (element, path) = (Element, Path);
        return element.EnumerateArray().Select((item, index) => new WireNode(item, $"{path}[{index}]"));
    }

    /// <summary>The exception for a value that its dialect does not allow here.</summary>
    public WireFormatException Invalid(string why) => new("invalid_value", Path, $"The field '{Path}' {why}.");

    private WireFormatException Wrong(string wanted) =>
        new("invalid_type", Path.Length == 0 ? null : Path, Path.Length == 0 ? $"The body must be {wanted}." : $"The field '{Path}' must be {wanted}.");
}
