using System.Diagnostics;
using System.Globalization;

namespace Switchyard.Bench.Gateway;

/// <summary>A process pinned to one core, its CPU time and its memory.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const double TicksPerSecond = 100;
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static ChildProcess Start(int core, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("taskset") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { "-c", core.ToString(CultureInfo.InvariantCulture), file }.Concat(arguments)) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Trace(line.Data);
        process.ErrorDataReceived += (_, line) => Trace(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process);
    }

    /// <summary>User and system time in microseconds, workers included.</summary>
    public double CpuMicroseconds() => All(_process.Id).Sum(Ticks) / TicksPerSecond * 1e6;

    /// <summary>Resident memory in MB, and of that what is not mapped from files.</summary>
    public (double Resident, double Anonymous) MemoryMb()
    {
        var status = File.ReadAllLines($"/proc/{_process.Id}/status");
        return (Kb(status, "VmRSS:") / 1024, Kb(status, "RssAnon:") / 1024);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static IEnumerable<int> All(int id) => File.ReadAllText($"/proc/{id}/task/{id}/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).SelectMany(All).Prepend(id);

    private static double Ticks(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    private static double Kb(string[] status, string name) =>
        double.Parse(status.First(l => l.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);

    private static void Trace(string? line)
    {
        if (Environment.GetEnvironmentVariable("BENCH_TRACE") is not null && line is not null) Console.Error.WriteLine(line);
    }
}
