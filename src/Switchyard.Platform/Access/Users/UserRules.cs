using System.Globalization;
using System.Text.RegularExpressions;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.Access.Users;

/// <summary>What a user's fields may hold.</summary>
internal static partial class UserRules
{
    /// <summary>Everything wrong with the given fields; a null field is not looked at.</summary>
    public static Problem? Check(string? name, string? email, IReadOnlyList<string>? roles)
    {
        var wrong = new List<Problem>();
        if (name is not null && CheckName(name) is { } badName) wrong.Add(badName);
        if (!string.IsNullOrEmpty(email) && (email.Length > 254 || !Email().IsMatch(email))) wrong.Add(CommonProblems.Malformed("email", "name@example.com"));
        if (roles is { Count: 0 }) wrong.Add(CommonProblems.Required("roles"));
        if (roles is not null && roles.Any(r => !GrantSets.Roles.Contains(r))) wrong.Add(CommonProblems.NotAllowed("roles", GrantSets.Roles));
        return wrong.Count == 0 ? null : wrong.Count == 1 ? wrong[0] : CommonProblems.Invalid(wrong);
    }

    // No @, so that nobody can take a name that is another's address; nothing invisible, so that no name looks like
    // another's.
    private static Problem? CheckName(string name) =>
        string.IsNullOrWhiteSpace(name) ? CommonProblems.Required("name")
        : name.Length > 80 ? CommonProblems.TooLong("name", 80)
        : name.Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Surrogate)
            ? CommonProblems.ControlCharacter("name")
        : name != name.Trim() || name.Contains('@', StringComparison.Ordinal) ? AccessProblems.UserNameMalformed
        : null;

    [GeneratedRegex(@"^[^@\s\p{C}]{1,64}@[^@\s\p{C}]+\.[^@\s\p{C}]+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Email();
}
