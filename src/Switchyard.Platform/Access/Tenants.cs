namespace Switchyard.Platform.Access;

/// <summary>Well-known tenants.</summary>
public static class Tenants
{
    /// <summary>The tenant that the first migration creates; owner of everything on a single-tenant installation.</summary>
    public static readonly Guid Default = new("00000000-0000-7000-8000-000000000001");
}
