using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Usage;
using Switchyard.Gateway.Usage.Journal;

namespace Switchyard.Gateway.Tests.Usage;

public sealed class JournalTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("switchyard-journal-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_is_written_is_read_back()
    {
        Invariant.Holds(UsageRecords.Any, record =>
        {
            var read = RecordCodec.Read(RecordCodec.Write(record));
            // Long texts are cut; everything else stays.
            (read with { User = null, Attempts = [] }).ShouldBe(record with { User = null, Attempts = [] });
            read.Attempts.ShouldBe(record.Attempts);
            (record.User ?? "").ShouldStartWith(read.User ?? "");
        });
    }

    [Fact]
    public void A_journal_cut_at_any_byte_gives_back_every_record_before_the_cut()
    {
        var records = UsageRecords.Any.Sample(12).ToArray();
        using (var journal = Open()) Fill(journal, records);
        var path = JournalSegment.PathOf(_directory, JournalSegment.In(_directory)[0]);
        var whole = File.ReadAllBytes(path);
        var ends = Ends(whole);
        ends.Count.ShouldBe(records.Length);

        for (var cut = 0; cut <= ends[^1]; cut++)
        {
            var torn = new byte[whole.Length];
            whole.AsSpan(0, cut).CopyTo(torn);
            File.WriteAllBytes(path, torn);
            // A record whose last bytes are zeros anyway is whole even before them.
            var expected = ends.Count(end => whole.AsSpan(cut, Math.Max(0, end - cut)).IndexOfAnyExcept((byte)0) < 0 && cut >= JournalSegment.Start);
            Read().Count.ShouldBe(expected, $"cut at {cut}");
        }
    }

    [Fact]
    public void A_flipped_bit_ends_the_journal_there_and_invents_nothing()
    {
        var records = UsageRecords.Any.Sample(6).ToArray();
        using (var journal = Open()) Fill(journal, records);
        var path = JournalSegment.PathOf(_directory, JournalSegment.In(_directory)[0]);
        var whole = File.ReadAllBytes(path);
        var ends = Ends(whole);
        for (var at = JournalSegment.Start; at < ends[^1]; at += 7)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(path, damaged);
            Read().Count.ShouldBe(ends.Count(end => end <= at), $"damaged at {at}");
        }
    }

    [Fact]
    public void Segments_roll_and_are_read_in_order()
    {
        var records = UsageRecords.Any.Sample(1500).ToArray();
        using var journal = Open(segmentBytes: 64 * 1024);
        foreach (var record in records)
        {
            // The worker makes the next segment; a writer that is faster than the disk waits here, not in the product.
            while (!journal.TryBegin(record, first: false)) journal.Sync();
        }

        journal.Sync();
        var read = new JournalReader(_directory).Read(JournalPosition.Beginning, journal.Synced, int.MaxValue).Records;
        read.Select(r => r.Id).ShouldBe(records.Select(r => r.Id));
        JournalSegment.In(_directory).Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Batches_continue_where_the_last_one_ended()
    {
        var records = UsageRecords.Any.Sample(200).ToArray();
        using var journal = Open();
        Fill(journal, records);
        journal.Sync();
        var reader = new JournalReader(_directory);
        var seen = new List<Guid>();
        var position = JournalPosition.Beginning;
        while (true)
        {
            var (batch, next) = reader.Read(position, journal.Synced, 7);
            if (batch.Count == 0) break;
            next.ShouldBeGreaterThan(position);
            seen.AddRange(batch.Select(r => r.Id));
            position = next;
        }

        seen.ShouldBe(records.Select(r => r.Id));
    }

    [Fact]
    public void A_new_start_writes_a_new_segment_and_a_second_process_is_kept_out()
    {
        string node;
        using (var first = Open())
        {
            node = first.Node;
            Fill(first, [.. UsageRecords.Any.Sample(3)]);
            Should.Throw<JournalException>(() => Open());
        }

        using var second = Open();
        second.Node.ShouldBe(node);
        second.First.ShouldBeGreaterThan(1);
        new JournalReader(_directory).Read(JournalPosition.Beginning, second.Synced, 100).Records.Count.ShouldBe(3);
    }

    [Fact]
    public void A_full_disk_refuses_intents_while_room_for_settlements_is_kept()
    {
        // One segment and no directory to make another in: what a full disk looks like from here.
        var journal = Open(segmentBytes: 64 * 1024);
        try
        {
            var open = new List<UsageRecord>();
            foreach (var record in UsageRecords.Any.Sample(2000).Select(r => r with { Status = CallStatus.Open }))
            {
                Occupy();
                if (!journal.TryBegin(record, first: true)) break;
                open.Add(record);
            }

            open.Count.ShouldBeInRange(1, 1999, "the journal must fill up");
            foreach (var record in open) journal.Settle(record with { Status = CallStatus.Succeeded });
            journal.Sync();
            var read = new JournalReader(_directory).Read(JournalPosition.Beginning, journal.Synced, int.MaxValue).Records;
            read.Count(r => r.Status == CallStatus.Succeeded).ShouldBe(open.Count);
        }
        finally
        {
            journal.Dispose();
        }
    }

    /// <summary>Takes the names of the next segments, so that none can be made.</summary>
    private void Occupy()
    {
        var last = JournalSegment.In(_directory)[^1];
        for (var number = last + 1; number <= last + 2; number++)
        {
            var path = JournalSegment.PathOf(_directory, number);
            if (!File.Exists(path) && !Directory.Exists(path)) Directory.CreateDirectory(path);
        }
    }

    private UsageJournal Open(int segmentBytes = 1 << 20) =>
        new(_directory, new JournalOptions { SegmentBytes = segmentBytes, SyncEvery = TimeSpan.FromMilliseconds(5) }, NullLogger<UsageJournal>.Instance);

    private static void Fill(UsageJournal journal, IReadOnlyList<UsageRecord> records)
    {
        foreach (var record in records) journal.TryBegin(record, first: false).ShouldBeTrue();
    }

    private IReadOnlyList<UsageRecord> Read() =>
        new JournalReader(_directory).Read(JournalPosition.Beginning, new JournalPosition(1, int.MaxValue), int.MaxValue).Records;

    private static List<int> Ends(byte[] segment)
    {
        var ends = new List<int>();
        var at = JournalSegment.Start;
        while (JournalFrame.TryRead(segment.AsSpan(at), out var payload)) ends.Add(at += JournalFrame.Header + payload.Length);
        return ends;
    }
}
