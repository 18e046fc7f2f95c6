using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Configuration;

namespace Switchyard.Gateway.Pipeline.Timing;

/// <summary>
/// When the server is told to stop, calls under way may end by themselves for a while; then they are cut, each
/// with its dialect's error event, before the server cuts connections without a word.
/// </summary>
internal sealed class Shutdown(DeadlineClock clock, IConfiguration configuration, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(configuration.GetValue(HostSettings.DrainSeconds, 30.0));
    private ITimer? _timer;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => clock.CutAll(), null, _patience, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _timer?.Dispose();
}
