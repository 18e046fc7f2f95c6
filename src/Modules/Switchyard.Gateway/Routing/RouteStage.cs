using Switchyard.Gateway.Pipeline;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Routing;

/// <summary>Decides where a call may go.</summary>
internal sealed class RouteStage(ICallHandler next) : ICallHandler
{
    public ValueTask HandleAsync(GatewayCall call, CancellationToken cancel)
    {
        if (!call.Snapshot.CallsEnabled)
        {
            call.Refuse(new Problem("calls_disabled", 503));
            return default;
        }

        if (!call.Snapshot.Tenants.TryGetValue(call.Caller.TenantId, out var tenant) || tenant.Providers.Count == 0)
        {
            call.Refuse(new Problem("no_provider", 503));
            return default;
        }

        var plan = ModelRouter.Resolve(tenant, call.Request.Model);
        if (!plan.Ok)
        {
            call.Refuse(plan.Problem);
            return default;
        }

        call.Plan = plan.Value;
        return next.HandleAsync(call, cancel);
    }
}
