using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Switchyard.TestKit.Databases;

/// <summary>
/// Starts the PostgreSQL that the machine's packages installed, on a throw-away directory and a loopback port.
/// Its shell parent reads our end of a pipe: when this process ends, however it ends, the pipe closes, the
/// server stops and the directory is removed.
/// </summary>
internal static class DebianPostgres
{
    // $1 = directory of the binaries, $2 = scratch directory, $3 = port
    private const string Script = """
        set -e
        "$1/initdb" -D "$2/data" -U switchyard -A trust --no-sync -E UTF8 --locale=C.UTF-8 >"$2/initdb.log" 2>&1
        "$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off \
            -c max_connections=200 -c shared_buffers=64MB -c max_wal_size=512MB >"$2/server.log" 2>&1 &
        server=$!
        cat >/dev/null || true
        kill -INT "$server" 2>/dev/null || true
        wait "$server" || true
        rm -rf "$2"
        """;

    private static Process? _keeper;

    public static async Task<string> StartAsync()
    {
        var binaries = FindBinaries();
        var scratch = Directory.CreateTempSubdirectory("switchyard-pg-").FullName;
        var port = FreePort();
        var start = new ProcessStartInfo { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/" };
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            var user = UserExists("postgres") ? "postgres" : "nobody";
            await RunAsync("chown", user, scratch);
            start.FileName = "setpriv";
            foreach (var word in new[] { $"--reuid={user}", $"--regid={await GroupOfAsync(user)}", "--clear-groups", "/bin/sh" })
                start.ArgumentList.Add(word);
        }
        else
        {
            start.FileName = "/bin/sh";
        }

        foreach (var word in new[] { "-c", Script, "sh", binaries, scratch, port.ToString(System.Globalization.CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(word);

        _keeper = Process.Start(start) ?? throw new InvalidOperationException("Cannot start a shell.");
        var connection = $"Host=127.0.0.1;Port={port};Username=switchyard;Database=postgres;Include Error Detail=true";
        await Eventually.IsTrue(() => AcceptsAsync(connection, scratch), "PostgreSQL accepts connections", TimeSpan.FromSeconds(60));
        return connection;
    }

    private static async Task<bool> AcceptsAsync(string connection, string scratch)
    {
        if (_keeper!.HasExited)
            throw new InvalidOperationException($"PostgreSQL did not start: {ReadLogs(scratch)}");
        try
        {
            await using var probe = new NpgsqlConnection(connection + ";Pooling=false;Timeout=2");
            await probe.OpenAsync();
            return true;
        }
        catch (Exception fault) when (fault is NpgsqlException or SocketException or TimeoutException)
        {
            return false;
        }
    }

    private static string ReadLogs(string scratch) =>
        Directory.Exists(scratch)
            ? string.Join('\n', Directory.GetFiles(scratch, "*.log").Select(File.ReadAllText))
            : "its directory is gone";

    private static string FindBinaries()
    {
        const string Root = "/usr/lib/postgresql";
        var found = Directory.Exists(Root)
            ? Directory.GetDirectories(Root).Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb")))
                .OrderByDescending(d => int.TryParse(Path.GetFileName(Path.GetDirectoryName(d)), out var major) ? major : 0).FirstOrDefault()
            : null;
        return found ?? throw new InvalidOperationException("No PostgreSQL under /usr/lib/postgresql: run ./test, which installs it, or apt-get install postgresql.");
    }

    private static bool UserExists(string name) =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith(name + ":", StringComparison.Ordinal));

    private static async Task<string> GroupOfAsync(string user) => (await RunAsync("id", "-g", user)).Trim();

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed with {process.ExitCode}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
