using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Usage;
using Switchyard.Gateway.Wire;
using Switchyard.Platform.Access;

namespace Switchyard.Gateway.Tests.Usage;

/// <summary>Usage records of every shape.</summary>
internal static class UsageRecords
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string?> Text = Gen.Frequency(
        (4, Gen.Elements<string?>("gpt-5", "提供商", "a/b:c", "🚂", "x")),
        (1, Gen.Constant<string?>(null)),
        (1, Gen.Choose(0, 600).Select(n => (string?)new string('界', n))));

    public static Gen<UsageRecord> Any { get; } =
        from status in Gen.Elements(CallStatus.Succeeded, CallStatus.Failed, CallStatus.Aborted, CallStatus.Open)
        from minutes in Gen.Choose(0, 300)
        from provider in Gen.Elements("main", "spare", "本地")
        from model in Gen.Elements("gpt-5", "claude", "qwen")
        from text in Text
        from tokens in Gen.Choose(0, 1_000_000).Three()
        from known in Gen.Elements(true, true, false)
        from priced in Gen.Elements(true, false)
        from ms in Gen.Choose(1, 100_000)
        from attempts in Gen.Choose(0, 4)
        select new UsageRecord
        {
            Id = Guid.CreateVersion7(Noon.AddMinutes(minutes)),
            RequestId = "req-" + minutes,
            At = Noon.AddMinutes(minutes),
            TenantId = Tenants.Default,
            Status = status,
            KeyId = known ? new Guid("00000000-0000-7000-8000-00000000000a") : null,
            CallerName = known ? "ci key" : null,
            User = text,
            TaskType = known ? "generation" : null,
            Dialect = known ? Dialect.OpenAiChat : Dialect.AnthropicMessages,
            Endpoint = "/v1/chat/completions",
            Asked = model,
            Route = "model",
            Reason = "model",
            ProviderId = Guid.CreateVersion7(Noon),
            Provider = provider,
            Model = model,
            Stream = priced,
            HttpStatus = 200,
            Tokens = known ? new TokenUsage(tokens.Item1, tokens.Item2, tokens.Item3, 1, 0) : null,
            TokensEstimated = priced,
            Cost = known && priced ? new CallCost(tokens.Item1 / 1_000_000m, "USD", Guid.CreateVersion7(Noon)) : null,
            TtftMs = known ? ms / 2.0 : null,
            TotalMs = ms,
            Stop = known ? StopReason.End : null,
            ErrorCode = text is null ? null : "code",
            Attempts = [.. Enumerable.Range(0, attempts).Select(i => new AttemptView(provider, model, Noon, i, 503, "server", null, "busy", null))],
        };
}
