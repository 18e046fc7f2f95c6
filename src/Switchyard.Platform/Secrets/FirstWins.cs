using System.Runtime.InteropServices;

namespace Switchyard.Platform.Secrets;

/// <summary>
/// Puts a finished file in its place only where there is none yet. <see cref="File.Move(string, string, bool)"/> promises
/// that too, but on Unix it looks first and renames then, so that of two at once the later replaces the earlier; a hard
/// link is made or refused in one step.
/// </summary>
internal static partial class FirstWins
{
    private const int FileExists = 17;

    /// <summary>Gives the finished file the name <paramref name="place"/>; its old name stays for the caller to remove.</summary>
    /// <returns>False when another was first; its file is untouched.</returns>
    public static bool TryPlace(string finished, string place)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(finished, place) == 0) return true;
            if (Marshal.GetLastPInvokeError() == FileExists) return false;
        }

        // Windows refuses in one step; a file system without hard links gets what the framework can do.
        try
        {
            File.Move(finished, place, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(place))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string made);
}
