namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>What a connection test found, step by step.</summary>
/// <param name="Ok">Whether the provider can be used.</param>
/// <param name="LatencyMs">Time of the call for one token; null when it was not reached.</param>
/// <param name="Models">What the provider lists; empty where it lists nothing.</param>
public sealed record ConnectionReport(bool Ok, IReadOnlyList<ConnectionStep> Steps, int? LatencyMs, IReadOnlyList<string> Models, DateTimeOffset At)
{
    /// <summary>The first step that failed and matters; null when all is well.</summary>
    public ConnectionStep? Failed => Ok ? null : Steps.FirstOrDefault(step => step is { Ok: false, Skipped: false } && step.Name != StepNames.Models) ?? Steps.FirstOrDefault(step => !step.Ok);
}

/// <summary>One step of a connection test.</summary>
/// <param name="Name">One of <see cref="StepNames"/>.</param>
/// <param name="Ms">How long it took.</param>
/// <param name="Message">What happened, in the caller's language.</param>
/// <param name="Detail">What the other side said, verbatim but without secrets; or facts such as addresses.</param>
/// <param name="Skipped">True when it was not tried, because it does not apply or an earlier step failed.</param>
public sealed record ConnectionStep(string Name, bool Ok, int Ms, string Message, string? Detail = null, bool Skipped = false);

/// <summary>The steps in their order.</summary>
public static class StepNames
{
    public const string Dns = "dns";
    public const string Tls = "tls";
    public const string Auth = "auth";
    public const string Models = "models";
    public const string Call = "call";
    public const string Stream = "stream";

    /// <summary>All, in order.</summary>
    public static IReadOnlyList<string> All { get; } = [Dns, Tls, Auth, Models, Call, Stream];
}
