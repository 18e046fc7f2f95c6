using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Access;
using Switchyard.Platform.Audit;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.EventLog.Streaming;
using Switchyard.Platform.Flags;
using Switchyard.Platform.Http;
using Switchyard.Platform.Http.OpenApi;
using Switchyard.Platform.Jobs;
using Switchyard.Platform.Observability;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.State;
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
        builder.AddOpenApiDocument();
        builder.AddSecrets();
        builder.AddOperations();
        builder.AddStorage();
        builder.AddEventLog();
        builder.AddAccess();
        builder.AddEventStreams();
        builder.AddAudit();
        builder.AddFlags();
        builder.AddState();
        builder.AddJobs();
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapOperations();
        routes.MapObservability();
        routes.MapOpenApiDocument();
        routes.MapAccess();
        routes.MapEventStreams();
        routes.MapAudit();
        routes.MapFlags();
        routes.MapState();
        routes.MapJobs();
    }
}
