using Switchyard.Platform.Access;

namespace Switchyard.Platform.Tests.Access;

/// <summary>A second tenant on the same database.</summary>
internal static class OtherTenant
{
    /// <summary>Its administrator.</summary>
    public static async Task<Caller> CallerAsync(AccessNode node)
    {
        var tenant = Guid.CreateVersion7();
        await node.ExecuteAsync("insert into platform.tenants (id, name) values (@tenant, 'other')", new { tenant });
        return new Caller(tenant, CallerKind.AdminToken, null, "other's admin", GrantSets.Of("admin"));
    }
}
