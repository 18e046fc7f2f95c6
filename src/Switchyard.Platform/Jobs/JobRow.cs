using System.Text.Json;
using Switchyard.Contracts.Events.Jobs;
using Switchyard.Platform.Access;

namespace Switchyard.Platform.Jobs;

/// <summary>A row of <c>platform.jobs</c>.</summary>
internal sealed class JobRow
{
    public const string Columns = """
        id, tenant_id as TenantId, type, title, status, arguments::text, checkpoint::text, result::text,
        error_code as ErrorCode, error_args::text as ErrorArgs, done, total, errors, rate,
        created_at as CreatedAt, created_by as CreatedBy, created_by_kind as CreatedByKind, created_by_id as CreatedById, grants,
        started_at as StartedAt, ended_at as EndedAt, cancel_requested as CancelRequested, attempts, epoch,
        exists (select from platform.job_files f where f.job_id = jobs.id) as HasFile
        """;

    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    public string Type { get; init; } = "";

    public string Title { get; init; } = "";

    public string Status { get; init; } = "";

    public string Arguments { get; init; } = "";

    public string? Checkpoint { get; init; }

    public string? Result { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorArgs { get; init; }

    public long Done { get; init; }

    public long? Total { get; init; }

    public long Errors { get; init; }

    public double? Rate { get; init; }

    public DateTime CreatedAt { get; init; }

    public string CreatedBy { get; init; } = "";

    public string CreatedByKind { get; init; } = "";

    public Guid? CreatedById { get; init; }

    public int Grants { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    public bool CancelRequested { get; init; }

    public int Attempts { get; init; }

    public long Epoch { get; init; }

    public bool HasFile { get; init; }

    /// <summary>Who asked for the job: it runs for the same tenant, with the same grants.</summary>
    public Caller Caller => new(
        TenantId, Enum.TryParse<CallerKind>(CreatedByKind, out var kind) ? kind : CallerKind.System, CreatedById, CreatedBy, (Grants)Grants);

    public JobStatus State => Enum.Parse<JobStatus>(Status, ignoreCase: true);

    public JobChanged Changed => new(Id, Type, Title, Status, Done, Total, Errors, Rate, SecondsLeft);

    private double? SecondsLeft => State == JobStatus.Running && Total is { } total && Rate is > 0 ? (total - Done) / Rate : null;

    public Job ToJob(string? error) => new(
        Id, Type, Title, State, Done, Total, Rate, SecondsLeft, Errors, CreatedAt, StartedAt, EndedAt, CreatedBy,
        Result is null ? null : JsonSerializer.Deserialize<JsonElement>(Result), error, ErrorCode, HasFile);
}
