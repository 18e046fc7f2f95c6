using System.Net.Http.Headers;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>
/// Tries a provider for real: name, encryption, key, model list, a call for one token, a stream. Each step says what
/// happened in the caller's language; nothing of the key is ever in it. Thread-safe.
/// </summary>
public sealed class ConnectionTester(UpstreamClient upstream, NetworkProbe network, Messages messages, TimeProvider time)
{
    private const int MaxList = 8 * 1024 * 1024;
    private const int MaxAnswer = 64 * 1024;
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(30);

    /// <summary>Runs all steps; after a failure that leaves no hope the rest are marked as skipped.</summary>
    public async Task<ConnectionReport> TestAsync(Provider provider, string language, CancellationToken cancel)
    {
        var run = new ConnectionRun(provider, language, messages, time);
        if (provider.Kind.InProcess is not null)
        {
            run.Skip(StepNames.Dns, "in-process", ok: true);
            run.Skip(StepNames.Tls, "in-process", ok: true);
        }
        else
        {
            await run.StepAsync(StepNames.Dns, () => network.ResolveAsync(provider, cancel));
            await run.StepAsync(StepNames.Tls, () => network.HandshakeAsync(provider, cancel));
        }

        IReadOnlyList<string> models = [];
        await KeyAndModelsAsync(run, provider, found => models = found, cancel);
        var model = provider.Models.FirstOrDefault(name => !name.Contains("embed", StringComparison.OrdinalIgnoreCase));
        var call = await run.StepAsync(StepNames.Call, () => CallAsync(provider, model, cancel));
        if (model is null) run.Skip(StepNames.Stream, "no-chat-model", ok: true);
        else await run.StepAsync(StepNames.Stream, () => StreamAsync(provider, model, cancel));
        return run.Report(call?.Ms, models);
    }

    // One request answers both: whether the key is accepted, and what can be called with it.
    private async Task KeyAndModelsAsync(ConnectionRun run, Provider provider, Action<IReadOnlyList<string>> found, CancellationToken cancel)
    {
        UpstreamAnswer? answer = null;
        await run.StepAsync(StepNames.Auth, async () =>
        {
            answer = await SendAsync(provider, provider.Kind.ListModels(provider), MaxList, cancel);
            return answer.Status switch
            {
                401 or 403 => StepResult.Failure("refused", answer.Message(provider)),
                >= 300 and < 400 => StepResult.Failure("redirected", $"HTTP {answer.Status}"),
                >= 200 and < 300 => StepResult.Success("accepted"),
                >= 500 or 429 => StepResult.Failure("unavailable", answer.Message(provider)),
                _ => StepResult.Success("by-call", $"HTTP {answer.Status}"),
            };
        });
        await run.StepAsync(StepNames.Models, () =>
        {
            if (answer is not { Success: true }) return Task.FromResult(StepResult.Failure("not-offered", answer?.Message(provider)));
            try
            {
                var names = provider.Kind.ReadModels(answer.Body);
                found(names);
                var missing = provider.Kind.Capabilities.ListModels ? provider.Models.Except(names, StringComparer.Ordinal).Where(name => !names.Contains(name + ":latest")).ToArray() : [];
                return Task.FromResult(missing.Length == 0
                    ? StepResult.Success("listed", null, ("count", names.Count))
                    : StepResult.Failure("missing", null, ("count", names.Count), ("missing", string.Join(", ", missing))));
            }
            catch (System.Text.Json.JsonException)
            {
                return Task.FromResult(StepResult.Failure("unreadable", answer.Message(provider)));
            }
        }, fatal: false);
    }

    private async Task<StepResult> CallAsync(Provider provider, string? model, CancellationToken cancel)
    {
        var request = model is not null
            ? provider.Kind.Chat(provider, model, Json(provider.Kind.ShortestCall(model, stream: false)))
            : provider.Kind.Embeddings(provider, provider.Models[0], Json(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { model = provider.Models[0], input = "Hi" })));
        if (request is null) return StepResult.Failure("no-embeddings");
        var answer = await SendAsync(provider, request, MaxAnswer, cancel);
        if (answer.Status is 401 or 403) return StepResult.Failure("refused", answer.Message(provider));
        return answer.Success && answer.IsGoodJson()
            ? StepResult.Success("answered", null, ("model", model ?? provider.Models[0]))
            : StepResult.Failure("failed", answer.Message(provider), ("model", model ?? provider.Models[0]));
    }

    private async Task<StepResult> StreamAsync(Provider provider, string model, CancellationToken cancel)
    {
        var answer = await SendAsync(provider, provider.Kind.Chat(provider, model, Json(provider.Kind.ShortestCall(model, stream: true))), MaxAnswer, cancel);
        return answer.Success && LooksStreamed(answer.Body)
            ? StepResult.Success("streamed", null, ("model", model))
            : StepResult.Failure("failed", answer.Message(provider), ("model", model));
    }

    private async Task<UpstreamAnswer> SendAsync(Provider provider, HttpRequestMessage request, int most, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(provider.TotalTimeout < StepLimit ? provider.TotalTimeout : StepLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        using (request)
        {
            try
            {
                return await UpstreamAnswer.ReadAsync(await upstream.SendAsync(provider, request, both.Token), most, both.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or UpstreamException { Failure: FailureClass.Aborted } && !cancel.IsCancellationRequested)
            {
                throw new UpstreamException(FailureClass.Timeout, $"No answer within {StepLimit.TotalSeconds:0} s.", e);
            }
        }
    }

    // Server-sent events, or lines of JSON objects; an error event is no answer.
    private static bool LooksStreamed(ReadOnlySpan<byte> body)
    {
        var text = body.TrimStart("\r\n \t\uFEFF"u8);
        var framed = text.StartsWith("data:"u8) || text.StartsWith("event:"u8) || text.StartsWith(":"u8) || text.StartsWith("id:"u8) || text.StartsWith("{"u8);
        return framed && text.IndexOf("\"error\":"u8) < 0 && !text.StartsWith("event: error"u8);
    }

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
