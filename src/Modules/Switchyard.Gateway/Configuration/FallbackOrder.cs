using System.Text.Json;
using Dapper;
using Switchyard.Contracts.Events.Gateway;
using Switchyard.Platform.Access;
using Switchyard.Platform.Audit;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Configuration;

/// <summary>The order in which other providers are tried when the active one cannot answer.</summary>
public sealed class FallbackOrder(Database database)
{
    private const string Write = """
        update gateway.providers p set fallback_position = o.position - 1
        from (select p.id, o.position from gateway.providers p
              left join unnest(@order) with ordinality as o(id, position) on o.id = p.id
              where p.tenant_id = @tenant) o
        where p.tenant_id = @tenant and p.id = o.id and p.fallback_position is distinct from o.position - 1
        """;

    /// <summary>Puts one provider at <paramref name="position"/> (the end, when it is larger), or takes it out when null.</summary>
    public Task<Result<Guid[]>> PlaceAsync(Caller caller, Guid id, int? position, CancellationToken cancel) =>
        ChangeAsync(caller, id, current =>
        {
            var order = current.Where(other => other != id).ToList();
            if (position is { } place) order.Insert(Math.Clamp(place, 0, order.Count), id);
            return [.. order];
        }, cancel);

    /// <summary>Sets the whole order; providers that are not named are taken out.</summary>
    public Task<Result<Guid[]>> SetAsync(Caller caller, Guid id, IReadOnlyList<Guid> order, CancellationToken cancel) =>
        ChangeAsync(caller, id, _ => [.. order], cancel);

    private async Task<Result<Guid[]>> ChangeAsync(
        Caller caller, Guid id, Func<Guid[], Guid[]> reorder, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        var tenant = caller.TenantId;
        // Locking in one order keeps two people who reorder at once from blocking each other for good.
        var rows = (await change.Connection.QueryAsync<(Guid Id, int? Position)>(new CommandDefinition(
            "select id, fallback_position from gateway.providers where tenant_id = @tenant order by id for update",
            new { tenant }, change.Transaction, cancellationToken: cancel))).AsList();
        if (rows.TrueForAll(row => row.Id != id)) return ProviderProblems.NotFound(id);
        var before = rows.Where(row => row.Position is not null).OrderBy(row => row.Position).Select(row => row.Id).ToArray();
        var order = reorder(before);
        if (order.FirstOrDefault(wanted => rows.TrueForAll(row => row.Id != wanted)) is var stranger && stranger != Guid.Empty)
            return CommonProblems.Invalid([CommonProblems.NotAllowed("order", rows.Select(row => row.Id.ToString()))]);
        if (order.Distinct().Count() != order.Length) return CommonProblems.Invalid([new Problem("order_repeats", 400, "order")]);

        await change.Connection.ExecuteAsync(new CommandDefinition(Write, new { tenant, order }, change.Transaction, cancellationToken: cancel));
        change.Record(new AuditEntry("reorder", "provider-fallback", tenant.ToString(), JsonSerializer.Serialize(before), JsonSerializer.Serialize(order)));
        change.Raise(id.ToString(), new ProviderChanged(id, "", "reordered"));
        await change.CommitAsync(cancel);
        return order;
    }
}
