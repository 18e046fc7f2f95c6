using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;

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
        throw WireProblems.Missing(Path.Length == 0 ? name : $"{Path}.{name}");
    }

    /// <summary>Kind of the value.</summary>
    public JsonValueKind Kind => Element.ValueKind;

    public bool IsText => Kind == JsonValueKind.String;

    public string Text() => Kind == JsonValueKind.String ? Element.GetString()! : throw Wrong("string");

    public bool Flag() => Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("boolean"),
    };

    public int Count()
    {
        if (Kind != JsonValueKind.Number) throw Wrong("integer");
        return Element.TryGetInt32(out var value) && value >= 0 ? value : throw WireProblems.OutOfRange(Path, 0, int.MaxValue);
    }

    public long Whole() => Kind == JsonValueKind.Number && Element.TryGetInt64(out var value) ? value : throw Wrong("integer");

    public double Number() =>
        Kind == JsonValueKind.Number && Element.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw Wrong("number");

    public WireNode Object() => Kind == JsonValueKind.Object ? this : throw Wrong("object");

    /// <summary>A copy that outlives the document.</summary>
    public JsonElement Keep() => Element.Clone();

    public IEnumerable<WireNode> Items()
    {
        if (Kind != JsonValueKind.Array) throw Wrong("array");
        var (element, path) = (Element, Path);
        return element.EnumerateArray().Select((item, index) => new WireNode(item, $"{path}[{index}]"));
    }

    /// <summary>The exception for a value that its dialect does not know.</summary>
    public WireFormatException NotAllowed(params string[] allowed) => WireProblems.NotAllowed(Path, allowed);

    private WireFormatException Wrong(string wanted) => Path.Length == 0 ? WireProblems.NoObject() : WireProblems.WrongType(Path, wanted);
}
