using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Wire.Errors;

/// <summary>Refusals of bodies, and how they are made.</summary>
public static class WireProblems
{
    /// <summary>The refusal that a malformed request earns.</summary>
    public static Problem Of(WireFormatException refused) => new(refused.Code, 400, refused.Field) { Args = refused.Args };

    internal static WireFormatException Encoding(string what) => new("invalid_encoding", null, $"{what} is not valid Unicode.");

    internal static WireFormatException NoObject() => new("json_object_expected", null, "The JSON is not an object.");

    internal static WireFormatException Duplicate(string field) => new("duplicate_field", field, $"The field '{field}' stands in the body more than once.");

    internal static WireFormatException Missing(string field) => new("field_required", field, $"The field '{field}' is missing.");

    internal static WireFormatException WrongType(string field, string wanted) =>
        new("invalid_type", field, $"The field '{field}' must be of JSON type {wanted}.") { Args = One("wanted", wanted) };

    internal static WireFormatException NotAllowed(string field, params string[] allowed) =>
        new("value_not_allowed", field, $"The field '{field}' must be one of {string.Join(", ", allowed)}.") { Args = One("allowed", string.Join(", ", allowed)) };

    internal static WireFormatException TooLong(string field, int max) =>
        new("value_too_long", field, $"The field '{field}' is longer than {max} characters.") { Args = One("max", max) };

    internal static WireFormatException OutOfRange(string field, long min, long max) =>
        new("value_out_of_range", field, $"The field '{field}' must lie between {min} and {max}.")
        {
            Args = new Dictionary<string, object?> { ["min"] = min, ["max"] = max },
        };

    private static Dictionary<string, object?> One(string name, object value) => new() { [name] = value };
}
