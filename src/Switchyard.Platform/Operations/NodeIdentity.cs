using System.Reflection;
using Microsoft.Extensions.Configuration;
using Switchyard.Platform.Configuration;

namespace Switchyard.Platform.Operations;

/// <summary>Who this process is among the nodes of one database. Immutable.</summary>
public sealed class NodeIdentity
{
    /// <summary>Gives the process an identity of its own; it does not outlive it.</summary>
    public NodeIdentity(TimeProvider time, IConfiguration configuration)
    {
        StartedAt = time.GetUtcNow();
        Id = Guid.CreateVersion7(StartedAt);
        Name = $"{Environment.MachineName}-{Environment.ProcessId}";
        Roles = (configuration[HostSettings.Role] ?? "all").Split(',', StringSplitOptions.TrimEntries);
    }

    /// <summary>Version of the program.</summary>
    public static string Version { get; } =
        typeof(NodeIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Unique id of this run.</summary>
    public Guid Id { get; }

    /// <summary>Machine and process, for people.</summary>
    public string Name { get; }

    /// <summary>What the node does; <c>all</c> for everything.</summary>
    public IReadOnlyList<string> Roles { get; }

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>True when the node does <paramref name="role"/>.</summary>
    public bool Does(string role) => Roles.Contains("all") || Roles.Contains(role);
}
