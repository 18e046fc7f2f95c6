using System.Security.Cryptography;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Secrets;

/// <summary>
/// The master keys of this installation, the current one first; older ones still open what they wrapped.
/// Immutable and thread-safe.
/// </summary>
public sealed class KeyChain(IReadOnlyList<MasterKey> keys)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Whether <see cref="Load"/> found no key and made one.</summary>
    public bool Created { get; private init; }

    /// <summary>Wraps new secrets.</summary>
    public MasterKey Current => keys[0];

    /// <summary>The key with this id, or null.</summary>
    public MasterKey? Find(ulong id)
    {
        foreach (var key in keys)
        {
            if (key.Id == id) return key;
        }

        return null;
    }

    /// <summary>
    /// Keys from <paramref name="variable"/> (several separated by commas, current first) or, where it is empty, from
    /// <paramref name="file"/> (one a line, current first), which is created with mode 0600 when missing.
    /// </summary>
    /// <exception cref="SecretException">The variable or file holds no valid key, or others can read the file.</exception>
    public static KeyChain Load(string? variable, string file)
    {
        if (!string.IsNullOrWhiteSpace(variable))
        {
            return new KeyChain([.. variable.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(MasterKey.Parse)]);
        }

        var created = !File.Exists(file) && Create(file);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~OwnerOnly) != 0)
        {
            throw new SecretException(new Phrase("secret.open", ("path", file)));
        }

        var keys = File.ReadAllLines(file).Where(l => !string.IsNullOrWhiteSpace(l)).Select(MasterKey.Parse).ToList();
        return keys.Count > 0 ? new KeyChain(keys) { Created = created } : throw new SecretException(new Phrase("secret.empty", ("path", file)));
    }

    /// <summary>Puts a new current key in front of the others in <paramref name="file"/>; the change is durable when it returns.</summary>
    public static KeyChain Rotate(string file)
    {
        var existing = Load(null, file);
        var next = new KeyChain([MasterKey.Create(), existing.Current, .. existing.Older()]);
        next.Write(file, (finished, place) => File.Move(finished, place, overwrite: true));
        return next;
    }

    private static bool Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        // Where another process is first, its key is everybody's, for it may have sealed something already.
        var first = false;
        new KeyChain([MasterKey.Create()]).Write(file, (finished, place) => first = FirstWins.TryPlace(finished, place));
        return first;
    }

    private IEnumerable<MasterKey> Older() => keys.Skip(1);

    // Written beside and moved over, so that a crash leaves the old file or the new one, never half of it.
    private void Write(string file, Action<string, string> place)
    {
        var beside = $"{file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        try
        {
            using (var stream = new FileStream(beside, options))
            {
                using (var writer = new StreamWriter(stream, leaveOpen: true))
                {
                    foreach (var key in keys) writer.WriteLine(key.ToText());
                }

                stream.Flush(flushToDisk: true);
            }

            place(beside, file);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
