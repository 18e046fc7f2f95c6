using Switchyard.Platform.Access;

namespace Switchyard.Server.Tests;

public sealed class GrantTests
{
    [Fact]
    public void Every_role_can_view_and_only_the_admin_can_do_everything()
    {
        foreach (var role in GrantSets.Roles) GrantSets.Of(role).HasFlag(Grants.Viewer).ShouldBeTrue(role);

        var everything = Enum.GetValues<Grants>().Aggregate(Grants.None, (sum, grant) => sum | grant);
        GrantSets.Scopes.Where(scope => GrantSets.Of(scope) == everything).ShouldBe(["admin"]);
    }
}
