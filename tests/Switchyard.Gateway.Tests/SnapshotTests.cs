using Switchyard.Gateway.Configuration;

namespace Switchyard.Gateway.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public void Before_anything_was_loaded_no_tenant_has_a_provider()
    {
        GatewaySnapshot.Empty.Tenants.ShouldBeEmpty();
        GatewaySnapshot.Empty.CallsEnabled.ShouldBeTrue();
    }
}
