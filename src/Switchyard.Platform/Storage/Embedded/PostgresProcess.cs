using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Embedded;

/// <summary>One run of the <c>postgres</c> program.</summary>
internal sealed class PostgresProcess
{
    private const int LinesKept = 30;
    private readonly ConcurrentQueue<string> _lastLines = new();
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _log;

    private PostgresProcess(ProcessStartInfo start, ILogger log)
    {
        _log = log;
        // The death signal fires when the thread that started the child ends: this one lives as long as the child.
        new Thread(() => Watch(start)) { IsBackground = true, Name = "postgres" }.Start();
    }

    /// <summary>Ends with the exit code.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>What the server said last.</summary>
    public string LastWords => string.Join(Environment.NewLine, _lastLines);

    /// <summary>Starts the server on <paramref name="cluster"/> and waits until it takes connections.</summary>
    /// <exception cref="EmbeddedPostgresException">It ended instead.</exception>
    public static async Task<PostgresProcess> StartAsync(
        PostgresProgram program, Cluster cluster, int port, ILogger log, TimeProvider time, CancellationToken cancel)
    {
        var process = new PostgresProcess(program.Start("postgres", Arguments(cluster, port), diesWithUs: true), log);
        var id = await process._started.Task;
        var statusFile = Path.Combine(cluster.Directory, "postmaster.pid");
        try
        {
            while (!IsReady(statusFile, id))
            {
                if (process.Exited.IsCompleted)
                    throw await process.EndedAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            await process.StopAsync(time);
            throw;
        }

        return process;
    }

    private async Task<EmbeddedPostgresException> EndedAsync()
    {
        var phrase = new Phrase("postgres.ended", ("code", await Exited), ("words", LastWords));
        return LastWords.Contains("could not bind", StringComparison.Ordinal) ? new PortTakenException(phrase) : new EmbeddedPostgresException(phrase);
    }

    /// <summary>Ends the server: open transactions roll back, everything is written. Idempotent.</summary>
    public async Task StopAsync(TimeProvider time)
    {
        var id = await _started.Task;
        foreach (var (signal, patience) in new[] { (Unix.Interrupt, 20), (Unix.Quit, 5), (Unix.Kill, 5) })
        {
            if (Exited.IsCompleted) return;
            if (OperatingSystem.IsWindows()) KillTree(id);
            else Unix.Signal(id, signal);
            try
            {
                await Exited.WaitAsync(TimeSpan.FromSeconds(patience), time);
            }
            catch (TimeoutException)
            {
                _log.LogWarning("PostgreSQL did not stop within {Seconds} s", patience);
            }
        }
    }

    // The last line of the status file tells the state; the first one whose file it is.
    private static bool IsReady(string statusFile, int id)
    {
        try
        {
            var lines = File.ReadAllLines(statusFile);
            return lines.Length >= 8 && lines[7].StartsWith("ready", StringComparison.Ordinal)
                && int.TryParse(lines[0], out var owner) && (owner == id || OperatingSystem.IsWindows());
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Arguments(Cluster cluster, int port)
    {
        yield return "-D";
        yield return cluster.Directory;
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = $"{port}",
            ["unix_socket_directories"] = cluster.UsesSocket ? cluster.Sockets : "",
            ["unix_socket_permissions"] = "0700",
            ["ssl"] = "off",
            ["max_connections"] = "100",
            ["shared_buffers"] = "128MB",
            ["max_wal_size"] = "1GB",
            ["jit"] = "off",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["logging_collector"] = "off",
            ["log_destination"] = "stderr",
            ["log_line_prefix"] = "",
            ["log_checkpoints"] = "off",
        };
        foreach (var (name, value) in settings)
        {
            yield return "-c";
            yield return $"{name}={value}";
        }
    }

    private void Watch(ProcessStartInfo start)
    {
        try
        {
            using var process = new Process { StartInfo = start };
            process.OutputDataReceived += (_, e) => Hear(e.Data);
            process.ErrorDataReceived += (_, e) => Hear(e.Data);
            process.Start();
            _started.SetResult(process.Id);
            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
            _exited.SetResult(process.ExitCode);
        }
        catch (Exception fault)
        {
            var told = new EmbeddedPostgresException(new Phrase("postgres.start", ("reason", Reason.Of(fault))), fault);
            _started.TrySetException(told);
            _exited.TrySetException(told);
        }
    }

    private void Hear(string? line)
    {
        if (string.IsNullOrEmpty(line)) return;
        _lastLines.Enqueue(line);
        while (_lastLines.Count > LinesKept) _lastLines.TryDequeue(out _);
        // Errors and refused connections reach their client; only the server's own end is news.
        var level = line.StartsWith("PANIC", StringComparison.Ordinal) ? LogLevel.Error : LogLevel.Debug;
        _log.Log(level, "PostgreSQL: {Line}", line);
    }

    private static void KillTree(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: true);
        }
        catch (ArgumentException)
        {
            // It has ended meanwhile.
        }
    }
}
