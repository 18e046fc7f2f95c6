using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Switchyard.Platform.Access;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Operations;

/// <summary>One node of the installation.</summary>
public sealed record NodeView(Guid Id, string Name, string Version, string Role, string Address, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsThis);

/// <summary>State of the database.</summary>
public sealed record DatabaseView(bool Reachable, DateTimeOffset Since, double? RoundTripMs, string? Version, bool Embedded);

/// <summary>Answer of <c>/api/system/info</c>.</summary>
/// <param name="Version">Of the node that answers.</param>
/// <param name="Node">Its id.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="UptimeSeconds">For how long it has run.</param>
/// <param name="MemoryBytes">Working set of its process.</param>
/// <param name="Nodes">All living nodes; only this one while the database is away.</param>
/// <param name="Database">The database.</param>
public sealed record SystemInfo(
    string Version, Guid Node, DateTimeOffset StartedAt, double UptimeSeconds, long MemoryBytes, IReadOnlyList<NodeView> Nodes, DatabaseView Database);

/// <summary>Answer of <c>/api/system/configuration</c>.</summary>
public sealed record ConfigurationView(IReadOnlyList<EffectiveSetting> Items);

/// <summary>What the operator wants to know about the running system.</summary>
internal static class SystemEndpoints
{
    public static void MapSystem(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/system/info", InfoAsync)
            .RequireAccess(Grants.Viewer)
            .WithName("getSystemInfo")
            .WithTags("platform")
            .WithSummary("Version, nodes, uptime and database")
            .Produces<SystemInfo>();
        routes.MapGet("/api/system/configuration", (EffectiveConfiguration effective, Messages messages, HttpContext http) =>
            TypedResults.Ok(new ConfigurationView(effective.Read(messages, Language.Of(http)))))
            .RequireAccess(Grants.Admin)
            .WithName("getEffectiveConfiguration")
            .WithTags("platform")
            .WithSummary("Every setting in force and where its value comes from; secrets are masked")
            .Produces<ConfigurationView>();
    }

    private static async Task<SystemInfo> InfoAsync(
        NodeIdentity self, NodeRegistry registry, DatabaseWatch watch, DatabaseLocation location, TimeProvider time, CancellationToken cancel)
    {
        var status = watch.Status;
        return new SystemInfo(
            NodeIdentity.Version,
            self.Id,
            self.StartedAt,
            Math.Round((time.GetUtcNow() - self.StartedAt).TotalSeconds, 1),
            Environment.WorkingSet,
            await NodesAsync(),
            new DatabaseView(status.Reachable, status.Since, status.RoundTripMs, status.Version, location.Embedded));

        async Task<IReadOnlyList<NodeView>> NodesAsync()
        {
            NodeView[] alone = [new(self.Id, self.Name, NodeIdentity.Version, string.Join(',', self.Roles), "", self.StartedAt, time.GetUtcNow(), true)];
            if (!status.Reachable) return alone;
            try
            {
                var rows = await registry.ListAsync(cancel);
                return rows.Count == 0
                    ? alone
                    : [.. rows.Select(r => new NodeView(r.Id, r.Name, r.Version, r.Role, r.Address, Utc(r.StartedAt), Utc(r.SeenAt), r.Id == self.Id))];
            }
            catch (NpgsqlException)
            {
                // It went away between the look and the question.
                return alone;
            }
        }
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
