using System.Diagnostics;

namespace Switchyard.Platform.Storage.Embedded;

/// <summary>
/// Finds and ends PostgreSQL processes that a killed Switchyard left on a cluster. Called only under the data
/// directory's lock, so that they cannot belong to a living one.
/// </summary>
internal static class LeftoverProcesses
{
    /// <summary>Ends them, then removes the pid and socket files that would block the next start.</summary>
    public static async Task EndAsync(string cluster, string sockets, TimeProvider time, CancellationToken cancel)
    {
        if (!Directory.Exists(cluster)) return;
        // Fast shutdown first: it checkpoints, so that the next start needs no recovery.
        foreach (var (signal, patience) in new[] { (Unix.Interrupt, 10), (Unix.Quit, 3), (Unix.Kill, 3) })
        {
            if (await GoneAsync(cluster, signal, TimeSpan.FromSeconds(patience), time, cancel)) break;
        }

        File.Delete(Path.Combine(cluster, "postmaster.pid"));
        if (!Directory.Exists(sockets)) return;
        foreach (var file in Directory.GetFiles(sockets, ".s.PGSQL.*")) File.Delete(file);
    }

    private static async Task<bool> GoneAsync(string cluster, int signal, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        var found = Of(cluster);
        foreach (var process in found) Unix.Signal(process, signal);
        var started = time.GetTimestamp();
        while (found.Count > 0 && time.GetElapsedTime(started) < patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancel);
            found = Of(cluster);
        }

        return found.Count == 0;
    }

    /// <summary>Every PostgreSQL process works inside its cluster's directory; a zombie has none any more.</summary>
    private static List<int> Of(string cluster)
    {
        if (!OperatingSystem.IsLinux()) return FromPidFile(cluster);
        var found = new List<int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), out var id)) continue;
            try
            {
                if (new FileInfo(Path.Combine(directory, "cwd")).LinkTarget == cluster
                    && File.ReadAllText(Path.Combine(directory, "comm")).StartsWith("postgres", StringComparison.Ordinal)) found.Add(id);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // Ended while we looked, or somebody else's.
            }
        }

        return found;
    }

    private static List<int> FromPidFile(string cluster)
    {
        var file = Path.Combine(cluster, "postmaster.pid");
        if (OperatingSystem.IsWindows() || !File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), out var id)) return [];
        // The number may meanwhile belong to another program.
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-p", $"{id}", "-o", "command="]) { RedirectStandardOutput = true });
        return ps?.StandardOutput.ReadToEnd().Contains(cluster, StringComparison.Ordinal) == true ? [id] : [];
    }
}
