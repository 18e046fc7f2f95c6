namespace Switchyard.Platform.Access;

/// <summary>How a caller proved who it is.</summary>
public enum CallerKind
{
    /// <summary>Not authenticated.</summary>
    Anonymous,

    /// <summary>A person with a cookie session.</summary>
    User,

    /// <summary>An API key.</summary>
    ApiKey,

    /// <summary>The operator's admin token.</summary>
    AdminToken,

    /// <summary>The service itself: jobs, start-up, workloads in process.</summary>
    System,
}

/// <summary>Who is calling, for which tenant, with which grants. Immutable; safe to share between threads.</summary>
/// <param name="TenantId">The isolation border: everything the caller reads or writes belongs to it.</param>
/// <param name="Kind">How it was authenticated.</param>
/// <param name="Id">Id of the user or API key; null for the admin token and the system.</param>
/// <param name="Name">Display name for audit and logs; never a secret.</param>
/// <param name="Grants">Everything it may do, already expanded.</param>
public sealed record Caller(Guid TenantId, CallerKind Kind, Guid? Id, string Name, Grants Grants)
{
    /// <summary>Nobody.</summary>
    public static Caller Anonymous { get; } = new(Guid.Empty, CallerKind.Anonymous, null, "anonymous", Grants.None);

    /// <summary>The service itself, acting for one tenant.</summary>
    public static Caller System(Guid tenantId) => new(tenantId, CallerKind.System, null, "system", GrantSets.Of("admin"));

    /// <summary>True when the caller holds all of <paramref name="needed"/>.</summary>
    public bool May(Grants needed) => (Grants & needed) == needed;
}
