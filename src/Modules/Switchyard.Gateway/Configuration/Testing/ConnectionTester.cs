using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Platform.Access;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>
/// Tries a provider for real: name, encryption, key, model list, a call for one token, a stream. Each step says what
/// happened in the caller's language; nothing of the key is ever in it. Thread-safe.
/// </summary>
public sealed class ConnectionTester(UpstreamClient upstream, MeteredCall calls, NetworkProbe network, Messages messages, TimeProvider time)
{
    private const int MaxList = 8 * 1024 * 1024;
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(30);

    /// <summary>Runs all steps; after a failure that leaves no hope the rest are marked as skipped.</summary>
    public async Task<ConnectionReport> TestAsync(Caller caller, Provider provider, string language, CancellationToken cancel)
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
        var call = await run.StepAsync(StepNames.Call, () => CallAsync(caller, provider, model ?? provider.Models[0], model is null ? CallShape.Embedding : CallShape.Whole, cancel));
        if (model is null) run.Skip(StepNames.Stream, "no-chat-model", ok: true);
        else await run.StepAsync(StepNames.Stream, () => CallAsync(caller, provider, model, CallShape.Stream, cancel));
        return run.Report(call?.Ms, models);
    }

    // One request answers both: whether the key is accepted, and what can be called with it.
    private async Task KeyAndModelsAsync(ConnectionRun run, Provider provider, Action<IReadOnlyList<string>> found, CancellationToken cancel)
    {
        UpstreamAnswer? answer = null;
        await run.StepAsync(StepNames.Auth, async () =>
        {
            using var request = provider.Kind.ListModels(provider);
            answer = await LimitedAsync(provider, async limit => await UpstreamAnswer.ReadAsync(await upstream.SendAsync(provider, request, limit), MaxList, limit), cancel);
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

    private async Task<StepResult> CallAsync(Caller caller, Provider provider, string model, CallShape shape, CancellationToken cancel)
    {
        var sent = await LimitedAsync(provider, limit => calls.SendAsync(caller, provider, model, shape, limit), cancel);
        if (sent.Answer is not { } answer) return StepResult.Failure("unrecorded");
        if (answer.Status is 401 or 403) return StepResult.Failure("refused", answer.Message(provider));
        return sent.Facts is not null
            ? StepResult.Success(shape == CallShape.Stream ? "streamed" : "answered", null, ("model", model))
            : StepResult.Failure("failed", sent.Error is { } error ? UpstreamAnswer.Words(answer.Status, error) : answer.Message(provider), ("model", model));
    }

    private async Task<T> LimitedAsync<T>(Provider provider, Func<CancellationToken, Task<T>> act, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(provider.TotalTimeout < StepLimit ? provider.TotalTimeout : StepLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return await act(both.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is OperationCanceledException or UpstreamException { Failure: FailureClass.Aborted })
        {
            throw new UpstreamException(FailureClass.Timeout, new Phrase("upstream.silent", ("seconds", StepLimit.TotalSeconds)), e);
        }
    }
}
