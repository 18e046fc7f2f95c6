using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>One run of a connection test: times the steps, puts outcomes into words, skips what has become pointless.</summary>
internal sealed class ConnectionRun(Provider provider, string language, Messages messages, TimeProvider time)
{
    private readonly List<ConnectionStep> _steps = [];
    private bool _hopeless;

    /// <summary>Runs a step unless an earlier one failed; null when it was skipped.</summary>
    /// <param name="fatal">False for a step whose failure is only worth knowing.</param>
    public async Task<ConnectionStep?> StepAsync(string name, Func<Task<StepResult>> act, bool fatal = true)
    {
        if (_hopeless)
        {
            Skip(name, "skipped", ok: false);
            return null;
        }

        var started = time.GetTimestamp();
        StepResult result;
        try
        {
            result = await act();
        }
        catch (UpstreamException e)
        {
            result = StepResult.Failure("broken", e.Phrase.Write());
        }

        if (fatal && !result.Ok) _hopeless = true;
        var step = new ConnectionStep(
            name, result.Ok, (int)time.GetElapsedTime(started).TotalMilliseconds, Words(name, result),
            result.Detail is null ? null : ErrorText.Clean(messages.Read(language, result.Detail), provider.ApiKey, Escaped(provider.ApiKey)));
        _steps.Add(step);
        return step;
    }

    // Some vendors quote the address they were called at.
    private static string? Escaped(string? key) => key is null ? null : Uri.EscapeDataString(key);

    /// <summary>Notes a step that is not tried.</summary>
    public void Skip(string name, string outcome, bool ok) =>
        _steps.Add(new ConnectionStep(name, ok, 0, messages.Text(language, $"gateway.test.{outcome}"), Skipped: true));

    /// <summary>The whole.</summary>
    public ConnectionReport Report(int? latencyMs, IReadOnlyList<string> models) => new(!_hopeless, _steps, latencyMs, models, time.GetUtcNow());

    private string Words(string name, StepResult result) =>
        messages.Text(language, result.Outcome == "broken" ? "gateway.test.broken" : $"gateway.test.{name}.{result.Outcome}", result.Args);
}
