using System.Diagnostics;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Embedded;

/// <summary>How a PostgreSQL program is started: as the unprivileged user, with nothing of our environment.</summary>
/// <param name="Binaries">The programs.</param>
/// <param name="Account">The user to drop to; null to stay.</param>
public sealed record PostgresProgram(PostgresBinaries Binaries, ServerAccount? Account)
{
    /// <summary>Start information for <paramref name="name"/> with <paramref name="arguments"/>.</summary>
    /// <param name="name">Program, for example <c>initdb</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="diesWithUs">
    /// The kernel interrupts the program when the thread that started it ends, and a Ctrl-C meant for us does not
    /// reach it. Linux only; elsewhere the next start ends what was left.
    /// </param>
    public ProcessStartInfo Start(string name, IEnumerable<string> arguments, bool diesWithUs)
    {
        List<string> words = [];
        if (OperatingSystem.IsLinux() && (diesWithUs || Account is not null) && ServerAccount.FindProgram("setpriv") is { } setpriv)
        {
            words.Add(setpriv);
            if (Account is not null) words.AddRange([$"--reuid={Account.UserId}", $"--regid={Account.GroupId}", "--clear-groups"]);
            if (diesWithUs) words.Add("--pdeathsig=INT");
            words.Add("--");
            if (diesWithUs && ServerAccount.FindProgram("setsid") is { } setsid) words.Add(setsid);
        }

        words.Add(Binaries.Program(name));
        words.AddRange(arguments);
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Binaries.Directory,
        };
        // API keys of our environment are none of its business; its messages are read by us, hence English.
        if (!OperatingSystem.IsWindows()) start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        return start;
    }

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    /// <exception cref="EmbeddedPostgresException">It failed; the message holds its own words.</exception>
    public async Task<string> RunAsync(string name, IEnumerable<string> arguments, CancellationToken cancel)
    {
        using var process = Process.Start(Start(name, arguments, diesWithUs: false))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0
            ? await output
            : throw new EmbeddedPostgresException(new Phrase("postgres.program", ("name", name), ("code", process.ExitCode), ("words", $"{(await errors).Trim()} {(await output).Trim()}")));
    }
}
