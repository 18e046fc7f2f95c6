using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Switchyard.Platform.Modules;

/// <summary>
/// One vertical part of the product. The class that implements it is the module's table of contents:
/// services, endpoints, jobs, settings, event handlers. Its migrations (<c>Migrations/NNNN_name.sql</c>) and
/// messages (<c>Messages/en-US.json</c>, <c>Messages/zh-CN.json</c>) are found in its assembly.
/// </summary>
public interface IModule
{
    /// <summary>Lower-case name; also its PostgreSQL schema and the prefix of its events and settings.</summary>
    string Name { get; }

    /// <summary>Registers services, options, event consumers and jobs. Called once, before the host is built.</summary>
    void AddServices(IHostApplicationBuilder builder);

    /// <summary>Maps the module's endpoints; each declares its access with <c>RequireAccess</c>.</summary>
    void MapEndpoints(IEndpointRouteBuilder routes);
}
