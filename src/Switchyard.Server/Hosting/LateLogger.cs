using System.Collections.Concurrent;

namespace Switchyard.Server.Hosting;

/// <summary>Keeps what is logged before the real logger exists, and hands it over then.</summary>
internal sealed class LateLogger : ILogger
{
    private readonly ConcurrentQueue<Action<ILogger>> _kept = new();
    private volatile ILogger? _target;

    public void Attach(ILogger target)
    {
        _target = target;
        while (_kept.TryDequeue(out var write)) write(target);
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (_target is { } target) target.Log(logLevel, eventId, state, exception, formatter);
        else _kept.Enqueue(t => t.Log(logLevel, eventId, state, exception, formatter));
    }

    public bool IsEnabled(LogLevel logLevel) => _target?.IsEnabled(logLevel) ?? true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
