using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Switchyard.Bench.Gateway;

/// <summary>What one run of wrk saw.</summary>
internal sealed record Load(long Requests, double PerSecond, long Errors);

/// <summary>Runs wrk on the load's core.</summary>
internal static partial class Wrk
{
    public static async Task<Load> RunAsync(string url, string? key, string body, int connections, int seconds)
    {
        var script = Path.GetTempFileName();
        var authorization = key is null ? "" : $"wrk.headers[\"Authorization\"] = \"Bearer {key}\"\n";
        await File.WriteAllTextAsync(script, $"wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\n{authorization}wrk.body = [==[{body}]==]\n");
        try
        {
            var start = new ProcessStartInfo("taskset", ["-c", "1", "wrk", "-t1", $"-c{connections}", $"-d{seconds}s", "-s", script, url]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var text = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            var requests = long.Parse(Total().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
            var rate = double.Parse(Rate().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
            var errors = Bad().Match(text) is { Success: true } bad ? long.Parse(bad.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
            return new Load(requests, rate, errors);
        }
        finally
        {
            File.Delete(script);
        }
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Total();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex Bad();
}
