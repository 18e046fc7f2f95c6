using System.Diagnostics;
using System.Globalization;

namespace Switchyard.EndToEnd.Tests.Running;

/// <summary>What a command ended with and printed.</summary>
public sealed record CommandResult(int Code, string Output, string Errors)
{
    /// <summary>Both streams, for messages of assertions.</summary>
    public string All => $"exit {Code}\n{Output}\n{Errors}";
}

/// <summary>The built program, as a command line starts it.</summary>
public static class SwitchyardProgram
{
    private static readonly string Directory = Repository.Path(
        "src", "Switchyard.Server", "bin", AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0");

    /// <summary>How to start it, with both outputs redirected.</summary>
    public static ProcessStartInfo Start(Account? account, IReadOnlyList<string> launcher, params string[] arguments)
    {
        // A shell's background jobs ignore Ctrl-C, and so would their children. A limit on file sizes is to be felt as an error.
        List<string> words = ["env", "--default-signal=INT", "--ignore-signal=XFSZ", .. launcher, .. account is null ? [] : Account.Prefix, "dotnet", "exec", Path.Combine(account?.Program(Directory) ?? Directory, "switchyard.dll"), .. arguments];
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = "/",
        };
        // What the machine of the test has set is none of the program's business.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("SWITCHYARD_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";
        if (account is not null) start.Environment["HOME"] = "/nonexistent";
        return start;
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    /// <summary>Runs a command to its end with further environment variables.</summary>
    public static async Task<CommandResult> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = Start(null, [], arguments);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return new CommandResult(process.ExitCode, await output, await errors);
    }

    /// <summary>Sends a signal by its name to any process.</summary>
    public static async Task SignalAsync(int process, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0, $"kill -{signal} {process}");
    }
}
