using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Switchyard.TestKit;

namespace Switchyard.Bench.Start;

/// <summary>What the idle processes hold.</summary>
internal sealed record Memory(double ServerMb, double ServerAnonymousMb, double PostgresMb);

/// <summary>One data directory with its embedded database, and the server on it.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(Repository.Root, "src/Switchyard.Server/bin/Release/net10.0/switchyard.dll");

    private readonly string _scratch = Directory.CreateTempSubdirectory("switchyard-start-").FullName;
    private readonly int _port = FreePort();
    private Process? _process;

    public Installation() =>
        File.SetUnixFileMode(_scratch, File.GetUnixFileMode(_scratch) | UnixFileMode.OtherExecute);

    /// <summary>Starts and returns the milliseconds from the start of the process until it says that it is ready.</summary>
    public async Task<double> StartAsync()
    {
        using var http = TestHttp.Client(new Uri($"http://127.0.0.1:{_port}"));
        var start = new ProcessStartInfo("dotnet", ["exec", Program, "serve", "--port", $"{_port}", "--data", Path.Combine(_scratch, "data")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _scratch,
        };
        // A local Ollama or keys in the environment would add their own work.
        start.Environment["SWITCHYARD_GATEWAY__DETECT"] = "false";
        var began = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        while (!await IsReadyAsync(http))
        {
            if (_process.HasExited) throw new InvalidOperationException($"The server ended with {_process.ExitCode}.");
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1)) throw new TimeoutException("The server was not ready within a minute.");
            await Task.Delay(5);
        }

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    public Memory Memory()
    {
        var status = $"/proc/{_process!.Id}/status";
        var postgres = Directory.EnumerateDirectories("/proc").Where(IsPostgres).Sum(d => Mb(Path.Combine(d, "smaps_rollup"), "Pss:"));
        return new Memory(Mb(status, "VmRSS:"), Mb(status, "RssAnon:"), postgres);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) _process.Kill();
        _process?.Dispose();
        await Eventually.Pass(() => Directory.Delete(_scratch, recursive: true), TimeSpan.FromSeconds(30));
    }

    private bool IsPostgres(string process) =>
        int.TryParse(Path.GetFileName(process), out _) && new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(_scratch, StringComparison.Ordinal) == true
            && File.ReadAllText(Path.Combine(process, "comm")).StartsWith("postgres", StringComparison.Ordinal);

    private static double Mb(string file, string name) =>
        double.Parse(File.ReadLines(file).First(l => l.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024;

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
