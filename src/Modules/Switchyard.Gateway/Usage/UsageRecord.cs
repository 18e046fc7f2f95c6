using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Wire;
using Switchyard.Platform.Access;

namespace Switchyard.Gateway.Usage;

/// <summary>The one durable record of a call: written as intent before the upstream call, settled after it.</summary>
public sealed record UsageRecord
{
    public required Guid Id { get; init; }

    /// <summary>Id the client saw.</summary>
    public required string RequestId { get; init; }

    public required DateTimeOffset At { get; init; }
    public required Guid TenantId { get; init; }
    public required CallStatus Status { get; init; }

    /// <summary>The API key, when it was one.</summary>
    public Guid? KeyId { get; init; }

    /// <summary>Name of the key or person.</summary>
    public string? CallerName { get; init; }

    public string? User { get; init; }
    public string? Feature { get; init; }
    public string? TaskType { get; init; }
    public Guid? Deal { get; init; }
    public Guid? Cycle { get; init; }
    public Dialect Dialect { get; init; }
    public string? Endpoint { get; init; }

    /// <summary>Model as the client named it.</summary>
    public string? Asked { get; init; }

    public string? Route { get; init; }

    /// <summary>Why this target.</summary>
    public string? Reason { get; init; }

    public Guid? ProviderId { get; init; }
    public string? Provider { get; init; }
    public string? Model { get; init; }
    public bool Stream { get; init; }
    public int HttpStatus { get; init; }

    /// <summary>Null when nothing is known.</summary>
    public TokenUsage? Tokens { get; init; }

    public bool TokensEstimated { get; init; }

    /// <summary>Null when price or tokens are unknown.</summary>
    public CallCost? Cost { get; init; }

    public double? TtftMs { get; init; }
    public double TotalMs { get; init; }
    public StopReason? Stop { get; init; }

    /// <summary>Stable code of what went wrong.</summary>
    public string? ErrorCode { get; init; }

    public IReadOnlyList<AttemptView> Attempts { get; init; } = [];

    /// <summary>Describes <paramref name="call"/> as it stands.</summary>
    public static UsageRecord Of(GatewayCall call) => new()
    {
        Id = call.Id,
        RequestId = call.RequestId,
        At = call.At,
        TenantId = call.Caller.TenantId,
        Status = call.Status,
        KeyId = call.Caller.Kind == CallerKind.ApiKey ? call.Caller.Id : null,
        CallerName = call.Caller.Name,
        User = call.Labels.User ?? call.Request.User,
        Feature = call.Labels.Feature,
        TaskType = call.Labels.TaskType,
        Deal = call.Labels.Deal,
        Cycle = call.Labels.Cycle,
        Dialect = call.Dialect,
        Endpoint = call.Endpoint,
        Asked = call.Request.Model,
        Route = call.Plan?.Route,
        Reason = call.Plan?.Reason,
        ProviderId = call.Provider?.Id,
        Provider = call.Provider?.Name,
        Model = call.Model,
        Stream = call.Request.Stream,
        HttpStatus = call.HttpStatus,
        Tokens = call.Usage,
        TokensEstimated = call.UsageEstimated,
        Cost = call.Cost,
        TtftMs = call.TtftMs,
        TotalMs = call.TotalMs,
        Stop = call.Stop,
        ErrorCode = call.AbortReason ?? call.Problem?.Code,
        Attempts = Views(call.Attempts),
    };

    private static AttemptView[] Views(IReadOnlyList<Attempt> attempts)
    {
        var views = new AttemptView[attempts.Count];
        for (var i = 0; i < views.Length; i++) views[i] = AttemptView.Of(attempts[i]);
        return views;
    }
}
