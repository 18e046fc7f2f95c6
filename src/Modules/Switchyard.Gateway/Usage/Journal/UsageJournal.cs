using Microsoft.Extensions.Logging;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Usage.Journal;

/// <summary>
/// The append-only journal of this node. An append is a copy into mapped memory: it survives the death of the
/// process at once, and of the machine after the next sync. Each start opens a new segment. Thread-safe.
/// </summary>
public sealed class UsageJournal : IDisposable
{
    // What a settlement may need; room for one is kept for every open intent.
    private const int Reserve = 2048;

    private readonly Lock _gate = new();
    private readonly Lock _syncing = new();
    private readonly string _directory;
    private readonly JournalOptions _options;
    private readonly ILogger<UsageJournal> _log;
    private readonly FileStream _owner;
    private readonly Queue<JournalSegment> _sealed = new();
    private readonly AutoResetEvent _work = new(false);
    private readonly Thread _worker;
    private JournalSegment? _current;
    private JournalSegment? _spare;
    private long _next;
    private long _open;
    private bool _full;
    private volatile bool _stopping;
    private JournalPosition _synced;

    /// <summary>Opens the journal of <paramref name="directory"/>; throws <see cref="IOException"/> when another process has it.</summary>
    public UsageJournal(string directory, JournalOptions options, ILogger<UsageJournal> log)
    {
        (_directory, _options, _log) = (directory, options, log);
        Directory.CreateDirectory(directory);
        _owner = Own(directory);
        Node = NodeIdentity.Of(directory);
        var present = JournalSegment.In(directory);
        First = present.Count > 0 ? present[^1] + 1 : 1;
        _next = First;
        _synced = new JournalPosition(First, JournalSegment.Start);
        TryPrepare();
        lock (_gate) Roll();
        _worker = new Thread(Work) { IsBackground = true, Name = "usage journal" };
        _worker.Start();
    }

    /// <summary>Identity of this journal; survives restarts.</summary>
    public string Node { get; }

    /// <summary>Number of the first segment of this run: intents in earlier ones belong to a process that is gone.</summary>
    public long First { get; }

    /// <summary>Directory of the segments.</summary>
    public string Location => _directory;

    /// <summary>Everything before it is on disk.</summary>
    public JournalPosition Synced
    {
        get
        {
            lock (_gate) return _synced;
        }
    }

    /// <summary>Intents without settlement.</summary>
    public long Open => Interlocked.Read(ref _open);

    /// <summary>Called, on the journal's own thread, when more was synced.</summary>
    public event Action? Advanced;

    /// <summary>
    /// Writes an intent; false when the disk has no room for it and its settlement, and the call must not be made.
    /// </summary>
    /// <param name="first">True for the first intent of a call, which a settlement will close.</param>
    public bool TryBegin(UsageRecord intent, bool first)
    {
        var bytes = RecordCodec.Write(intent);
        lock (_gate)
        {
            var room = (_current?.Room ?? 0) + (_spare?.Room ?? 0);
            if (room < bytes.Length + ((_open + 1) * Reserve) || !Append(bytes)) return Full();
            if (first) _open++;
            _full = false;
            return true;
        }
    }

    /// <summary>Settles a call whose intent was written; its room was kept.</summary>
    public void Settle(UsageRecord settled)
    {
        var bytes = RecordCodec.Write(settled);
        lock (_gate)
        {
            _open--;
            if (!Append(bytes)) _log.LogError("The usage journal had no room to settle call {Call}; it will be recorded as unknown.", settled.Id);
        }
    }

    /// <summary>Notes a call that never reached a provider; left out when the disk is full.</summary>
    public void Note(UsageRecord refused)
    {
        var bytes = RecordCodec.Write(refused);
        lock (_gate)
        {
            if ((_current?.Room ?? 0) + (_spare?.Room ?? 0) > bytes.Length + ((_open + 1) * Reserve)) Append(bytes);
        }
    }

    /// <summary>Brings everything appended so far onto the disk.</summary>
    public void Sync()
    {
        lock (_syncing)
        {
            JournalSegment? current;
            JournalSegment[] done;
            int upTo;
            lock (_gate)
            {
                current = _current;
                upTo = current?.Written ?? 0;
                done = [.. _sealed];
                _sealed.Clear();
            }

            foreach (var segment in done)
            {
                segment.Sync();
                segment.Dispose();
            }

            if (current is null || (_synced.Segment == current.Number && _synced.Offset == upTo)) return;
            current.Sync();
            lock (_gate) _synced = new JournalPosition(current.Number, upTo);
        }

        Advanced?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        _work.Set();
        _worker.Join();
        Sync();
        lock (_gate)
        {
            _current?.Dispose();
            _current = null;
            if (_spare is { } spare)
            {
                spare.Dispose();
                File.Delete(JournalSegment.PathOf(_directory, spare.Number));
                _spare = null;
            }
        }

        _owner.Dispose();
        _work.Dispose();
    }

    private static FileStream Own(string directory)
    {
        var file = Path.Combine(directory, "owner.lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (File.Exists(file))
        {
            throw new JournalException(new Phrase("journal.taken", ("path", directory)), fault);
        }
    }

    private bool Append(ReadOnlySpan<byte> bytes)
    {
        if (_current is not null && _current.TryAppend(bytes)) return true;
        return Roll() && _current!.TryAppend(bytes);
    }

    private bool Roll()
    {
        if (_spare is null) return false;
        if (_current is not null) _sealed.Enqueue(_current);
        (_current, _spare) = (_spare, null);
        _work.Set();
        return true;
    }

    private bool Full()
    {
        if (!_full) _log.LogError("No room for the usage journal in {Directory}: calls are refused until there is.", _directory);
        _full = true;
        _work.Set();
        return false;
    }

    private void Work()
    {
        while (!_stopping)
        {
            _work.WaitOne(_options.SyncEvery);
            try
            {
                TryPrepare();
                Sync();
            }
            catch (Exception e)
            {
                // On a thread of its own nothing may escape: it would take the whole process with it.
                _log.LogError(e, "The usage journal in {Directory} could not be synced.", _directory);
            }
        }
    }

    /// <summary>Has the next segment ready before it is needed.</summary>
    private void TryPrepare()
    {
        lock (_gate)
        {
            if (_spare is not null) return;
        }

        try
        {
            var made = JournalSegment.Create(_directory, _next, _options.SegmentBytes);
            _next++;
            lock (_gate)
            {
                _spare = made;
                if (_current is null) Roll();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lock (_gate)
            {
                if (!_full) _log.LogError(e, "No new segment for the usage journal in {Directory}.", _directory);
            }
        }
    }
}
