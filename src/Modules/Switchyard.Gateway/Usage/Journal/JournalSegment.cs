using System.IO.MemoryMappedFiles;

namespace Switchyard.Gateway.Usage.Journal;

/// <summary>
/// One mapped file that is only ever appended to. Its space is allocated when it is made, so that a full disk shows
/// itself then and never as a fault in the middle of a write. One writer at a time.
/// </summary>
internal sealed unsafe class JournalSegment : IDisposable
{
    /// <summary>First byte of the first frame: behind the magic and the version.</summary>
    public const int Start = 16;

    private static readonly byte[] Magic = "switchyard-jrnl\u0001"u8.ToArray();

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _bytes;
    private readonly int _size;
    private int _written = Start;

    private JournalSegment(long number, MemoryMappedFile file, int size)
    {
        (Number, _file, _size) = (number, file, size);
        _view = file.CreateViewAccessor(0, size);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _bytes = start + _view.PointerOffset;
    }

    /// <summary>Place among the segments.</summary>
    public long Number { get; }

    /// <summary>Where the next frame goes.</summary>
    public int Written => Volatile.Read(ref _written);

    /// <summary>Bytes that still fit, frame header included.</summary>
    public int Room => _size - _written;

    /// <summary>Makes the file of segment <paramref name="number"/>; throws <see cref="IOException"/> when the disk is full.</summary>
    public static JournalSegment Create(string directory, long number, int size)
    {
        var path = PathOf(directory, number);
        try
        {
            using (var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, preallocationSize: size))
            {
                RandomAccess.SetLength(handle, size);
                RandomAccess.Write(handle, Magic, 0);
                RandomAccess.FlushToDisk(handle);
            }

            return new JournalSegment(number, MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, size), size);
        }
        catch (ArgumentOutOfRangeException tooLarge)
        {
            // What .NET makes of a limit on the size of files.
            File.Delete(path);
            throw new IOException($"{path} may not become {size} bytes large.", tooLarge);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>File of a segment.</summary>
    public static string PathOf(string directory, long number) => Path.Combine(directory, $"{number:D12}.journal");

    /// <summary>Segments on disk, oldest first.</summary>
    public static IReadOnlyList<long> In(string directory) => [.. Directory.EnumerateFiles(directory, "*.journal")
        .Select(path => long.TryParse(Path.GetFileNameWithoutExtension(path), out var number) ? number : -1)
        .Where(number => number >= 0)
        .Order()];

    /// <summary>True when the bytes begin as a segment does.</summary>
    public static bool IsSegment(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    /// <summary>Appends; false when it does not fit.</summary>
    public bool TryAppend(ReadOnlySpan<byte> payload)
    {
        var needed = payload.Length + JournalFrame.Header;
        if (Room < needed) return false;
        JournalFrame.Write(new Span<byte>(_bytes + _written, needed), payload);
        Volatile.Write(ref _written, _written + needed);
        return true;
    }

    /// <summary>Brings everything written so far onto the disk.</summary>
    public void Sync() => _view.Flush();

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
