using Microsoft.AspNetCore.Http;

namespace Switchyard.Platform.Access.Credentials;

/// <summary>
/// What changes with every request of one credential: when it was last used and which requests are open, so that
/// taking the credential away also cuts the streams that it opened. Thread-safe.
/// </summary>
public sealed class CredentialUse
{
    private readonly Lock _gate = new();
    private readonly HashSet<HttpContext> _open = [];
    private readonly HashSet<HttpContext> _cut = [];
    private bool _closed;
    private long _lastUsed;
    private long _reported;

    /// <summary>Starts with the last use that the database knows of.</summary>
    public CredentialUse(DateTimeOffset? lastUsed) => _lastUsed = _reported = lastUsed?.UtcTicks ?? 0;

    /// <summary>When it was last used; the beginning of time for never.</summary>
    public DateTimeOffset LastUsed => new(Volatile.Read(ref _lastUsed), TimeSpan.Zero);

    /// <summary>Number of requests under way.</summary>
    public int Open
    {
        get { lock (_gate) return _open.Count; }
    }

    /// <summary>A request begins; false when the credential was taken away in the meantime.</summary>
    public bool TryEnter(HttpContext http, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_closed) return false;
            _open.Add(http);
        }

        Seen(now);
        return true;
    }

    /// <summary>The request is over; its context may be reused for another's from now on.</summary>
    public void Leave(HttpContext http)
    {
        lock (_gate)
        {
            _open.Remove(http);
            _cut.Remove(http);
        }
    }

    /// <summary>The credential is gone or has less than before: cuts every open request and lets none in again.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Cut();
        }
    }

    /// <summary>Cuts every open request.</summary>
    public void Cut()
    {
        // Under the lock, so that no context can leave and be reused for another caller meanwhile.
        lock (_gate)
        {
            foreach (var http in _open.ToArray())
            {
                _cut.Add(http);
                http.Abort();
            }
        }
    }

    /// <summary>Whether the request, still under way, was cut from here rather than left by its client.</summary>
    public bool WasCut(HttpContext http)
    {
        lock (_gate) return _cut.Contains(http);
    }

    /// <summary>Notes a use that happened on this node or, as the database says, on another.</summary>
    public void Seen(DateTimeOffset at)
    {
        var ticks = at.UtcTicks;
        var last = Volatile.Read(ref _lastUsed);
        while (ticks > last)
        {
            var found = Interlocked.CompareExchange(ref _lastUsed, ticks, last);
            if (found == last) return;
            last = found;
        }
    }

    /// <summary>The last use, once for each new one; for writing it to the database in batches.</summary>
    public bool TryTakeUnreported(out DateTimeOffset lastUsed)
    {
        var last = Volatile.Read(ref _lastUsed);
        lastUsed = new DateTimeOffset(last, TimeSpan.Zero);
        return Interlocked.Exchange(ref _reported, last) < last;
    }
}
