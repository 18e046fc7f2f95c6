using System.Text.RegularExpressions;
using Dapper;
using Switchyard.Contracts.Events.Platform;
using Switchyard.Platform.Access;
using Switchyard.Platform.Audit;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Flags;

/// <summary>What to set on a flag; null keeps what it has.</summary>
public sealed record FlagSettings(
    string State, decimal? Percentage = null, IReadOnlyList<string>? Targets = null, string? Description = null, bool? Kill = null);

/// <summary>Sets, removes and reverts flags; each version is kept.</summary>
public sealed partial class FlagEditor(Database database, FlagRing ring, TimeProvider time)
{
    private const int MostTargets = 1000;

    private const string WriteSql = """
        insert into platform.flags (tenant_id, name, description, state, percentage, targets, kill, version, updated_at, updated_by)
        values (@TenantId, @Name, @Description, @State, @Percentage, @Targets, @Kill, @Version, @UpdatedAt, @UpdatedBy)
        on conflict (tenant_id, name) do update set description = @Description, state = @State, percentage = @Percentage,
            targets = @Targets, kill = @Kill, version = @Version, updated_at = @UpdatedAt, updated_by = @UpdatedBy
        """;

    private const string RememberSql = """
        insert into platform.flag_history (tenant_id, name, version, description, state, percentage, targets, kill, removed, at, by_name)
        values (@TenantId, @Name, @Version, @Description, @State, @Percentage, @Targets, @Kill, @removed, @UpdatedAt, @UpdatedBy)
        """;

    /// <summary>Sets a flag, which need not exist yet.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="name">Lower-case letters, digits, dots and dashes.</param>
    /// <param name="settings">What.</param>
    /// <param name="expected">The version that the caller has seen; null for whichever.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<Flag>> SetAsync(Caller caller, string name, FlagSettings settings, long? expected, CancellationToken cancel)
    {
        if (Check(name, settings) is { } invalid) return invalid;
        await using var change = await database.BeginAsync(caller, cancel);
        var before = await LockAsync(change, name, cancel);
        if (expected is not null && expected != (before?.Version ?? 0)) return CommonProblems.Stale(before?.Version ?? 0);
        if (settings is { State: Flag.Share, Percentage: null } && before is null) return CommonProblems.Required("percentage");
        var after = (before ?? new FlagRow { TenantId = caller.TenantId, Name = name }) with { State = settings.State };
        after = after with
        {
            Percentage = settings.Percentage ?? after.Percentage,
            Targets = settings.Targets is null ? after.Targets : [.. settings.Targets.Distinct()],
            Description = settings.Description ?? after.Description,
            Kill = settings.Kill ?? after.Kill,
        };
        return await WriteAsync(change, before, after, before is null ? "create" : "update", cancel);
    }

    /// <summary>Sets a flag to what it was in an earlier version, also when it was removed since.</summary>
    public async Task<Result<Flag>> RevertAsync(Caller caller, string name, long version, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        var before = await LockAsync(change, name, cancel);
        var then = await change.Connection.QuerySingleOrDefaultAsync<FlagRow>(new CommandDefinition(
            """
            select tenant_id, name, description, state, percentage, targets, kill from platform.flag_history
            where tenant_id = @TenantId and name = @name and version = @version and not removed
            """,
            new { caller.TenantId, name, version },
            change.Transaction,
            cancellationToken: cancel));
        return then is null ? CommonProblems.NotFound("flag-version", version) : await WriteAsync(change, before, then, "revert", cancel);
    }

    /// <summary>Removes a flag: off for everybody from then on. Its history stays.</summary>
    public async Task<Problem?> RemoveAsync(Caller caller, string name, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        if (await LockAsync(change, name, cancel) is not { } before) return CommonProblems.NotFound("flag", name);
        var gone = before with { Version = await NextVersionAsync(change, name, cancel), UpdatedAt = time.GetUtcNow(), UpdatedBy = caller.Name };
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "delete from platform.flags where tenant_id = @TenantId and name = @Name", gone, change.Transaction, cancellationToken: cancel));
        await RememberAsync(change, gone, removed: true, cancel);
        change.Record(new AuditEntry("delete", "flag", name, AuditJson.Of(before.ForAudit()), null));
        change.Raise(name, new FlagChanged(name, gone.Version, true));
        await change.CommitAsync(cancel);
        await ring.RefreshAsync(cancel);
        return null;
    }

    private static Problem? Check(string name, FlagSettings settings)
    {
        var wrong = new List<Problem>();
        if (!NameForm().IsMatch(name)) wrong.Add(CommonProblems.Malformed("name", "a-z 0-9 . -"));
        if (!Flag.States.Contains(settings.State)) wrong.Add(CommonProblems.NotAllowed("state", Flag.States));
        if (settings.Percentage is < 0 or > 100) wrong.Add(CommonProblems.OutOfRange("percentage", 0, 100));
        if (settings.Description is { Length: > 500 }) wrong.Add(CommonProblems.TooLong("description", 500));
        if (settings.Description?.Contains('\0', StringComparison.Ordinal) == true) wrong.Add(CommonProblems.ControlCharacter("description"));
        if (settings.Targets is { Count: > MostTargets }) wrong.Add(CommonProblems.OutOfRange("targets", 0, MostTargets));
        for (var i = 0; i < (settings.Targets?.Count ?? 0); i++)
        {
            var target = settings.Targets![i];
            if (string.IsNullOrWhiteSpace(target)) wrong.Add(CommonProblems.Required($"targets[{i}]"));
            else if (target.Length > 200) wrong.Add(CommonProblems.TooLong($"targets[{i}]", 200));
            else if (target.Any(char.IsControl)) wrong.Add(CommonProblems.ControlCharacter($"targets[{i}]"));
        }

        return wrong.Count == 0 ? null : wrong.Count == 1 ? wrong[0] : CommonProblems.Invalid(wrong);
    }

    private async Task<Flag> WriteAsync(Change change, FlagRow? before, FlagRow row, string action, CancellationToken cancel)
    {
        var after = row with
        {
            Version = await NextVersionAsync(change, row.Name, cancel),
            Percentage = decimal.Round(row.Percentage, 3),
            UpdatedAt = time.GetUtcNow(),
            UpdatedBy = change.Caller.Name,
        };
        await change.Connection.ExecuteAsync(new CommandDefinition(WriteSql, after, change.Transaction, cancellationToken: cancel));
        await RememberAsync(change, after, removed: false, cancel);
        change.Record(new AuditEntry(action, "flag", row.Name, AuditJson.Of(before?.ForAudit()), AuditJson.Of(after.ForAudit())));
        change.Raise(row.Name, new FlagChanged(row.Name, after.Version, false));
        await change.CommitAsync(cancel);
        await ring.RefreshAsync(cancel);
        return after.ToFlag();
    }

    // The advisory lock covers a flag that does not exist yet: two creators get two versions, not an error.
    private static async Task<FlagRow?> LockAsync(Change change, string name, CancellationToken cancel)
    {
        var args = new { tenant = change.Caller.TenantId, name };
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtextextended(@tenant::text || '/' || @name, 3141592653))", args, change.Transaction, cancellationToken: cancel));
        return await change.Connection.QuerySingleOrDefaultAsync<FlagRow>(new CommandDefinition(
            $"select {FlagRow.Columns} from platform.flags where tenant_id = @tenant and name = @name", args, change.Transaction, cancellationToken: cancel));
    }

    private static Task<long> NextVersionAsync(Change change, string name, CancellationToken cancel) =>
        change.Connection.QuerySingleAsync<long>(new CommandDefinition(
            "select coalesce(max(version), 0) + 1 from platform.flag_history where tenant_id = @tenant and name = @name",
            new { tenant = change.Caller.TenantId, name },
            change.Transaction,
            cancellationToken: cancel));

    private static Task<int> RememberAsync(Change change, FlagRow row, bool removed, CancellationToken cancel) =>
        change.Connection.ExecuteAsync(new CommandDefinition(
            RememberSql,
            new
            {
                row.TenantId, row.Name, row.Version, row.Description, row.State, row.Percentage, row.Targets, row.Kill, removed,
                row.UpdatedAt, row.UpdatedBy,
            },
            change.Transaction,
            cancellationToken: cancel));

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,63}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NameForm();
}
