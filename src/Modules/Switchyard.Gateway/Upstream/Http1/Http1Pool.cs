using System.Net;
using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Upstream.Http1;

/// <summary>
/// The idle connections to one server, last used first out. Those of a local provider are never lent to a cloud
/// one: the mode is part of a pool's identity. Thread-safe.
/// </summary>
internal sealed class Http1Pool(DnsEndPoint server, DeploymentMode mode, AddressRules rules, TimeProvider time)
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AgeLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<Http1Connection> _idle = [];
    private bool _closed;

    /// <summary>An idle connection that still stands, or else a new one.</summary>
    /// <exception cref="UpstreamException">No connection, or none to this address allowed.</exception>
    public ValueTask<Http1Connection> TakeAsync(TimeSpan connectTimeout, CancellationToken cancel)
    {
        var now = time.GetTimestamp();
        while (Pop() is { } connection)
        {
            var idle = time.GetElapsedTime(connection.IdleSince, now);
            if (idle < IdleLimit && !TooOld(connection, now) && (idle < FreshFor || !connection.IsStale())) return new(connection);
            connection.Dispose();
        }

        return OpenAsync(connectTimeout, cancel);
    }

    /// <summary>Takes back a connection whose answer was read to its end.</summary>
    public void Return(Http1Connection connection)
    {
        connection.IdleSince = time.GetTimestamp();
        lock (_gate)
        {
            if (!_closed)
            {
                _idle.Add(connection);
                return;
            }
        }

        connection.Dispose();
    }

    /// <summary>Closes what lay idle for too long.</summary>
    public void Sweep()
    {
        var now = time.GetTimestamp();
        List<Http1Connection>? old = null;
        lock (_gate)
        {
            _idle.RemoveAll(connection =>
            {
                if (time.GetElapsedTime(connection.IdleSince, now) < IdleLimit && !TooOld(connection, now)) return false;
                (old ??= []).Add(connection);
                return true;
            });
        }

        old?.ForEach(connection => connection.Dispose());
    }

    /// <summary>Closes all idle connections, and those that are given back later.</summary>
    public void Close()
    {
        lock (_gate) _closed = true;
        while (Pop() is { } connection) connection.Dispose();
    }

    private Http1Connection? Pop()
    {
        lock (_gate)
        {
            if (_idle.Count == 0) return null;
            var last = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return last;
        }
    }

    private bool TooOld(Http1Connection connection, long now) => time.GetElapsedTime(connection.OpenedAt, now) >= AgeLimit;

    private async ValueTask<Http1Connection> OpenAsync(TimeSpan connectTimeout, CancellationToken cancel) =>
        new(await GuardedConnect.OpenAsync(server, rules, mode, connectTimeout, cancel), time.GetTimestamp());
}
