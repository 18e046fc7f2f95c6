using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Http;
using Switchyard.Platform.Observability;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.Storage;

namespace Switchyard.Platform.Modules;

/// <summary>What every other module stands on: storage, events, access, audit, jobs, state, observability.</summary>
public sealed class PlatformModule : IModule
{
    /// <inheritdoc/>
    public string Name => "platform";

    /// <inheritdoc/>
    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddObservability();
        builder.AddHttp();
        builder.AddSecrets();
        builder.AddStorage();
        builder.AddEventLog();
        builder.AddAccess();
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapObservability();
        routes.MapAccess();
    }
}
