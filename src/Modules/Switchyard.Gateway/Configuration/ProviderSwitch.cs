using Dapper;
using Npgsql;
using Switchyard.Contracts.Events.Gateway;
using Switchyard.Gateway.Configuration.Testing;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Configuration;

/// <summary>Chooses the active provider: validated and tested first, then switched in one transaction.</summary>
public sealed class ProviderSwitch(Database database, ProviderStore store, ConnectionTests tests, ISnapshots snapshots, TimeProvider time)
{
    private const int Attempts = 5;

    // The version is the tested one, so that nothing untested becomes active.
    private const string Activate = """
        update gateway.providers set active = true, updated_at = @now
        where tenant_id = @tenant and id = @id and enabled and version = @version
        """;

    /// <summary>Makes a provider the tenant's one active provider. On refusal the active one stays.</summary>
    public async Task<Result<ProviderRow>> ActivateAsync(Caller caller, Guid id, string language, CancellationToken cancel)
    {
        if (!snapshots.Current.CallsEnabled) return ProviderProblems.CallsOff;
        if (await store.FindAsync(caller.TenantId, id, cancel) is not { } row) return ProviderProblems.NotFound(id);
        if (!row.Enabled) return ProviderProblems.Disabled(row.Name);
        var ready = tests.Ready(row);
        if (!ready.Ok) return ready.Problem;
        var report = await tests.TestAsync(caller, row, ready.Value, language, cancel);
        if (!report.Ok) return ProviderProblems.TestFailed(row.Name, report);

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SwitchAsync(caller, row, cancel);
            }
            catch (PostgresException e) when (attempt < Attempts && e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected)
            {
                // Another activation was first. Ours is the later one, so it goes on top.
            }
        }
    }

    private async Task<Result<ProviderRow>> SwitchAsync(Caller caller, ProviderRow row, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        var (tenant, now) = (caller.TenantId, time.GetUtcNow());
        var before = await change.Connection.QuerySingleOrDefaultAsync<ProviderRow>(new CommandDefinition(
            $"select {ProviderStore.Columns} from gateway.providers where tenant_id = @tenant and active for update",
            new { tenant }, change.Transaction, cancellationToken: cancel));
        if (before?.Id == row.Id) return before;
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "update gateway.providers set active = false, updated_at = @now where tenant_id = @tenant and active",
            new { tenant, now }, change.Transaction, cancellationToken: cancel));
        var switched = await change.Connection.ExecuteAsync(new CommandDefinition(
            Activate, new { tenant, row.Id, row.Version, now }, change.Transaction, cancellationToken: cancel));
        if (switched == 0) return ProviderProblems.ChangedMeanwhile(row.Name);

        var after = row with { Active = true };
        if (before is not null) change.Record(ProviderAudit.Entry("deactivate", before, before with { Active = false }));
        change.Record(ProviderAudit.Entry("activate", row, after));
        change.Raise(row.Id.ToString(), new ProviderChanged(row.Id, row.Name, "activated"));
        await change.CommitAsync(cancel);
        return after;
    }
}
