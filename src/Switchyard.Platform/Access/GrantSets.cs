namespace Switchyard.Platform.Access;

/// <summary>Expands role and scope names into the full set of grants that they carry.</summary>
public static class GrantSets
{
    private const Grants Everything = (Grants)((1 << 9) - 1);

    /// <summary>Names usable as a user's role, least first.</summary>
    public static IReadOnlyList<string> Roles { get; } =
        ["viewer", "submitter", "reviewer", "analyst", "merchandiser", "admin"];

    /// <summary>Names usable as an API key's scope: every role, and three for machines.</summary>
    public static IReadOnlyList<string> Scopes { get; } = [.. Roles, "client", "component", "scrape"];

    /// <summary>The grants of one role or scope name; <see cref="Grants.None"/> for an unknown name.</summary>
    public static Grants Of(string name) => name switch
    {
        "viewer" => Grants.Viewer,
        "submitter" => Grants.Viewer | Grants.Submitter | Grants.Client,
        "reviewer" => Grants.Viewer | Grants.Submitter | Grants.Reviewer | Grants.Client,
        "analyst" => Grants.Viewer | Grants.Analyst | Grants.Client,
        "merchandiser" => Grants.Viewer | Grants.Merchandiser | Grants.Client,
        "admin" => Everything,
        "client" => Grants.Client,
        "component" => Grants.Component,
        "scrape" => Grants.Scrape,
        _ => Grants.None,
    };

    /// <summary>The union of the grants of all <paramref name="names"/>.</summary>
    public static Grants Of(IEnumerable<string> names) =>
        names.Aggregate(Grants.None, (sum, name) => sum | Of(name));
}
