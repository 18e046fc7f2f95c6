using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Storage.Embedded;
using Switchyard.Server.Hosting;
using Switchyard.Server.WebConsole;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Doctor;

/// <summary>Looks at the machine: run time, Node.js, console, PostgreSQL programs, data directory, disk, port. Changes nothing.</summary>
internal sealed class MachineExamination(IConfiguration configuration)
{
    private const long LeastFreeBytes = 1L << 30;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel) =>
        [Runtime(), await NodeAsync(cancel), Console(), Programs(), Directory(), Disk(), Files(), .. Ports()];

    private static Finding Runtime() => HostCheck.RuntimeIsSafe
        ? Finding.Ok(".NET", Say("doctor.runtime.ok", ("version", Environment.Version), ("platform", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier)))
        : Finding.Failed(".NET", Say("doctor.runtime.unsafe", ("version", Environment.Version)), Say("doctor.runtime.cure"));

    private static async Task<Finding> NodeAsync(CancellationToken cancel)
    {
        var cure = Say("doctor.node.cure");
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var version = (await node.StandardOutput.ReadToEndAsync(cancel)).Trim();
            await node.WaitForExitAsync(cancel);
            return int.TryParse(version.TrimStart('v').Split('.')[0], out var major) && major >= 20
                ? Finding.Ok("Node.js", version)
                : Finding.Warning("Node.js", Say("doctor.node.old", ("version", version)), cure);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return Finding.Warning("Node.js", Say("doctor.node.missing"), cure);
        }
    }

    private static Finding Console()
    {
        var files = new ConsoleFiles();
        return files.Get("/index.html") is not null
            ? Finding.Ok("console", files.Directory!)
            : Finding.Warning("console", Say("doctor.console.missing"), Say("doctor.console.cure"));
    }

    private Finding Programs()
    {
        if (configuration[HostSettings.Database] is { Length: > 0 }) return Finding.Ok("PostgreSQL programs", Say("doctor.programs.unneeded"));
        var data = DataDirectory.At(configuration[HostSettings.DataDirectory]);
        return PostgresBinaries.FindPackage() is { } package ? Finding.Ok("PostgreSQL programs", package)
            : PostgresBinaries.Installed(data) is { } copy ? Finding.Ok("PostgreSQL programs", copy.Directory)
            : Finding.Failed("PostgreSQL programs", Say("doctor.programs.missing", ("package", PostgresBinaries.Package)), Say("doctor.programs.cure"));
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
            return Finding.Ok("data directory", Say("doctor.data.ok", ("path", data.Root)));
        }
        catch (Exception fault) when (fault is EmbeddedPostgresException or IOException or UnauthorizedAccessException)
        {
            return Finding.Failed("data directory", Say(new Phrase("settings.words", ("words", Reason.Of(fault)))), Say("doctor.data.cure"));
        }
    }

    private Finding Disk()
    {
        var root = DataDirectory.At(configuration[HostSettings.DataDirectory]).Root;
        while (!System.IO.Directory.Exists(root)) root = Path.GetDirectoryName(root)!;
        var free = new DriveInfo(root).AvailableFreeSpace;
        var words = Say("doctor.disk.free", ("gigabytes", Math.Round(free / 1024.0 / 1024 / 1024, 1)), ("path", root));
        return free >= LeastFreeBytes ? Finding.Ok("disk", words) : Finding.Warning("disk", words, Say("doctor.disk.cure"));
    }

    private Finding Files()
    {
        var asked = long.TryParse(configuration[HostSettings.MaxConnections], out var number) ? number : 0;
        var possible = OpenFiles.ConnectionsFor(asked);
        var words = Say("doctor.files.words", ("files", OpenFiles.Limit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "∞"), ("connections", possible));
        return possible >= asked
            ? Finding.Ok("open files", words)
            : Finding.Warning("open files", words, Say("doctor.files.cure", ("needed", OpenFiles.For(asked)), ("setting", HostSettings.MaxConnections), ("asked", asked)));
    }

    private IEnumerable<Finding> Ports()
    {
        foreach (var url in (configuration[HostSettings.Urls] ?? "").Split(';'))
        {
            if (!Uri.TryCreate(url.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var address))
            {
                yield return Finding.Failed("port", Say("doctor.port.malformed", ("url", url)), Say("doctor.port.correct", ("setting", HostSettings.Urls)));
                continue;
            }

            yield return IsFree(address.Port)
                ? Finding.Ok("port", Say("doctor.port.free", ("port", address.Port)))
                : Finding.Warning("port", Say("doctor.port.taken", ("port", address.Port)), Say("doctor.port.cure"));
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
