using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Http;

/// <summary>Refusals that any module may need.</summary>
public static class CommonProblems
{
    /// <summary>Nothing here, or not yours.</summary>
    public static Problem NotFound(string resource, object id) =>
        new Problem("not_found", 404).With("resource", new Phrase($"resource.{resource}")).With("id", id);

    /// <summary>Several fields are wrong; each one is listed.</summary>
    public static Problem Invalid(IReadOnlyList<Problem> fields) =>
        new Problem("invalid_request", 400, fields.Count > 0 ? fields[0].Field : null) { Inner = fields }.With("count", fields.Count);

    /// <summary>A needed field is missing or empty.</summary>
    public static Problem Required(string field) => new("field_required", 400, field);

    /// <summary>A field's value is not one of those allowed.</summary>
    public static Problem NotAllowed(string field, IEnumerable<string> allowed) =>
        new Problem("value_not_allowed", 400, field).With("allowed", string.Join(", ", allowed));

    /// <summary>A field's value is too long.</summary>
    public static Problem TooLong(string field, int max) => new Problem("value_too_long", 400, field).With("max", max);

    /// <summary>A number or time lies outside its range.</summary>
    public static Problem OutOfRange(string field, object min, object max) =>
        new Problem("value_out_of_range", 400, field).With("min", min).With("max", max);

    /// <summary>A value has the wrong form.</summary>
    public static Problem Malformed(string field, string expected) =>
        new Problem("value_malformed", 400, field).With("expected", expected);

    /// <summary>A value has the wrong form; what is expected is said in words.</summary>
    public static Problem Malformed(string field, Phrase expected) =>
        new Problem("value_malformed", 400, field).With("expected", expected);

    /// <summary>A text holds control or invisible characters.</summary>
    public static Problem ControlCharacter(string field) => new("control_character", 400, field);

    /// <summary>The version in <c>If-Match</c> is not the current one.</summary>
    public static Problem Stale(object current) => new Problem("version_conflict", 412).With("current", current);

    /// <summary>The name is taken.</summary>
    public static Problem Taken(string field, string value) => new Problem("already_exists", 409, field).With("value", value);

    /// <summary>The database cannot be reached; nothing was changed.</summary>
    public static Problem DatabaseAway => new("database_unavailable", 503) { RetryAfter = TimeSpan.FromSeconds(5) };
}
