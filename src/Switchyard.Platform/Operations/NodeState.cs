using Microsoft.Extensions.Hosting;

namespace Switchyard.Platform.Operations;

/// <summary>How far this node is: starting, ready, draining. Thread-safe.</summary>
public sealed class NodeState
{
    private volatile bool _migrated;

    /// <summary>Follows the process's lifetime.</summary>
    public NodeState(IHostApplicationLifetime lifetime) => Lifetime = lifetime;

    private IHostApplicationLifetime Lifetime { get; }

    /// <summary><c>starting</c>, <c>ready</c> or <c>draining</c>.</summary>
    public string Phase =>
        Lifetime.ApplicationStopping.IsCancellationRequested ? "draining"
        : Lifetime.ApplicationStarted.IsCancellationRequested ? "ready"
        : "starting";

    /// <summary>Whether the database was seen to be of this version.</summary>
    public bool Migrated => _migrated;

    /// <summary>Notes that the database is of this version.</summary>
    public void HasMigrated() => _migrated = true;
}
