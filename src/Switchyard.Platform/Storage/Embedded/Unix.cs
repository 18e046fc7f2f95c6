using System.Runtime.InteropServices;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Embedded;

/// <summary>The few system calls that .NET does not offer.</summary>
internal static partial class Unix
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;

    /// <summary>Gives a file or directory to another user; only root may.</summary>
    public static void Give(string path, ServerAccount account)
    {
        if (Chown(path, account.UserId, account.GroupId) != 0)
            throw new EmbeddedPostgresException(new Phrase("postgres.give", ("path", path), ("user", account.Name), ("error", Marshal.GetLastPInvokeError())));
    }

    /// <summary>Sends a signal; false when the process is gone.</summary>
    public static bool Signal(int process, int signal) => SendSignal(process, signal) == 0;

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
