using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Switchyard.EndToEnd.Tests.Running;

/// <summary>
/// The real program, started as its users start it: own process, own data directory, a free port. Killed with
/// the test that started it.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The operator's token that every test server accepts.</summary>
    public const string AdminToken = "operator-token-for-the-tests-9f3b61c2d8";

    private readonly string[] _arguments;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly StringBuilder _output = new();
    private readonly string _scratch;
    private readonly Account? _account;
    private Process? _process;

    private ServerProcess(string[] arguments, IReadOnlyDictionary<string, string> environment, string scratch, Account? account) =>
        (_arguments, _environment, _scratch, _account) = (arguments, environment, scratch, account);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private init; } = new("http://127.0.0.1");

    /// <summary>A program and its arguments that start the server in their turn, such as <c>prlimit</c>.</summary>
    public IReadOnlyList<string> Launcher { get; set; } = [];

    /// <summary>Its data directory.</summary>
    public string Data => Path.Combine(_scratch, "data");

    /// <summary>Everything it printed, over all its starts.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>The operating system's number of the running process.</summary>
    public int Id => _process!.Id;

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="database">Connection string; null for the embedded database.</param>
    /// <param name="environment">Further environment variables.</param>
    /// <param name="arguments">Further arguments.</param>
    public static Task<ServerProcess> StartAsync(
        string? database, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments) => StartAsync(null, database, environment, arguments);

    /// <summary>The same as another user; only root can.</summary>
    public static async Task<ServerProcess> StartAsync(
        Account? account, string? database, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        var server = Prepare(account, database, environment, arguments);
        try
        {
            await server.StartAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>Chooses port and directory for a server that is not started yet.</summary>
    public static ServerProcess Prepare(
        Account? account, string? database, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        var scratch = Directory.CreateTempSubdirectory("switchyard-e2e-").FullName;
        // The embedded database's unprivileged user must be able to pass through.
        File.SetUnixFileMode(scratch, File.GetUnixFileMode(scratch) | UnixFileMode.OtherExecute);
        account?.Own(scratch);
        var port = FreePort();
        string[] all =
        [
            "serve", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", Path.Combine(scratch, "data"),
            .. database is null ? Array.Empty<string>() : ["--database", database], .. arguments,
        ];
        return new ServerProcess(all, environment ?? new Dictionary<string, string>(), scratch, account) { Address = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Starts it (again) on the same port and data directory and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var start = SwitchyardProgram.Start(_account, Launcher, _arguments);
        start.WorkingDirectory = _scratch;
        start.Environment["SWITCHYARD_ADMIN_TOKEN"] = AdminToken;
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = TestHttp.Client(Address, TimeSpan.FromSeconds(5));
        await Eventually.IsTrue(() => IsReadyAsync(http), $"the server is ready:\n{Output}", TimeSpan.FromSeconds(90));
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop (SIGTERM) and returns its exit code.</summary>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        await SignalAsync(signal);
        await _process!.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    /// <summary>Sends a signal by its name.</summary>
    public Task SignalAsync(string signal) => SwitchyardProgram.SignalAsync(Id, signal);

    /// <summary>A client that carries the operator's token.</summary>
    public HttpClient AsAdmin()
    {
        var http = TestHttp.Client(Address);
        http.DefaultRequestHeaders.Authorization = new("Bearer", AdminToken);
        return http;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
        // The embedded database needs a moment to follow its parent.
        await Eventually.Pass(() => Directory.Delete(_scratch, recursive: true));
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        if (_process!.HasExited) throw new InvalidOperationException($"The server ended with {_process.ExitCode}:\n{Output}");
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_output) _output.AppendLine(line.Data);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
