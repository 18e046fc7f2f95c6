using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Upstream.Http1;
using Switchyard.TestKit;

namespace Switchyard.Gateway.Tests.Upstream;

public sealed class ChunkDecoderTests
{
    [Fact]
    public void A_chunked_body_decodes_to_its_data_however_it_is_cut()
    {
        var pieces = Gen.ArrayOf(Gen.Choose(1, 300));
        Invariant.Holds(
            from lengths in pieces
            from cuts in Gen.NonEmptyListOf(Gen.Choose(1, 50))
            from seed in Gen.Choose(0, int.MaxValue)
            select (lengths, cuts: cuts.ToArray(), seed),
            ((int[] Lengths, int[] Cuts, int Seed) one) =>
            {
                var random = new Random(one.Seed);
                using var data = new MemoryStream();
                using var wire = new MemoryStream();
                foreach (var length in one.Lengths)
                {
                    var chunk = new byte[length];
                    random.NextBytes(chunk);
                    data.Write(chunk);
                    wire.Write(Encoding.ASCII.GetBytes(length.ToString("x", CultureInfo.InvariantCulture) + (random.Next(3) == 0 ? " ;a=\"b\"" : "") + "\r\n"));
                    wire.Write(chunk);
                    wire.Write("\r\n"u8);
                }

                wire.Write("0\r\nA: b\r\n\r\nrest"u8);
                var (decoded, excess) = Decode(wire.ToArray(), one.Cuts);
                decoded.ShouldBe(data.ToArray());
                excess.ShouldBe("rest");
            });
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("5hello")]
    [InlineData("5\r\nhelloX")]
    [InlineData("0x5\r\n")]
    [InlineData("5\rhello")]
    public void Damaged_framing_is_refused(string wire) =>
        Should.Throw<UpstreamException>(() => Decode(Encoding.ASCII.GetBytes(wire), [1])).Failure.ShouldBe(FailureClass.Malformed);

    [Fact]
    public void An_extension_without_end_is_refused() =>
        Should.Throw<UpstreamException>(() => Decode(Encoding.ASCII.GetBytes("5;" + new string('a', 100_000)), [1000])).Failure.ShouldBe(FailureClass.Malformed);

    private static (byte[] Data, string Excess) Decode(byte[] wire, int[] cuts)
    {
        var decoder = default(ChunkDecoder);
        using var data = new MemoryStream();
        var (at, cut) = (0, 0);
        while (at < wire.Length)
        {
            var piece = wire.AsSpan(at, Math.Min(cuts[cut++ % cuts.Length], wire.Length - at)).ToArray();
            at += piece.Length;
            var written = decoder.Decode(piece, out var excess);
            data.Write(piece, 0, written);
            if (decoder.Ended) return (data.ToArray(), Encoding.ASCII.GetString(wire, at - excess, wire.Length - at + excess));
        }

        return (data.ToArray(), "");
    }
}
