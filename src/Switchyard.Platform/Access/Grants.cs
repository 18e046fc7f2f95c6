namespace Switchyard.Platform.Access;

/// <summary>
/// What a caller may do. An endpoint names exactly one of these; a caller holds a set. Roles include others
/// (<see cref="GrantSets"/>): every role can view, an admin can do everything.
/// </summary>
[Flags]
public enum Grants
{
    /// <summary>Nothing; on an endpoint: needs no authentication.</summary>
    None = 0,
    Viewer = 1 << 0,
    Submitter = 1 << 1,
    Reviewer = 1 << 2,
    Analyst = 1 << 3,
    Merchandiser = 1 << 4,
    Admin = 1 << 5,

    /// <summary>May call models (<c>/v1/*</c>).</summary>
    Client = 1 << 6,

    /// <summary>May publish component state.</summary>
    Component = 1 << 7,

    /// <summary>May read <c>/metrics</c>.</summary>
    Scrape = 1 << 8,
}
