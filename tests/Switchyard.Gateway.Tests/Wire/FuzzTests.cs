using System.Text;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.Gateway.Wire.Scanning;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>Damaged bytes: nothing but the two expected exceptions ever comes out, and nothing hangs.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 4_000;

    [Fact]
    public void Mutated_requests_are_read_or_refused() => Fuzz(
        seed => Codec.Write(new Generated(seed).Request((Dialect)(seed % 3)), (Dialect)(seed % 3)).Body,
        bytes =>
        {
            foreach (var shape in Enum.GetValues<RequestShape>())
            {
                Expect(() =>
                {
                    var envelope = RequestEnvelope.Read(bytes, shape);
                    var patched = BodyPatch.Apply(envelope, new BodyChanges { Model = "patched", IncludeUsage = true }).ToArray();
                    var again = RequestEnvelope.Read(patched, shape);
                    again.Model.ShouldBe("patched");
                    (again.IncludeUsage || !again.Stream).ShouldBeTrue();
                });
            }

            foreach (var codec in DialectCodecs.All)
            {
                Expect(() =>
                {
                    var request = codec.ReadRequest(bytes);
                    foreach (var other in DialectCodecs.All) Codec.Write(request, other.Dialect);
                });
            }
        });

    [Fact]
    public void Mutated_answers_are_read_or_refused() => Fuzz(
        seed => Codec.Write(new Generated(seed).Response(), (Dialect)(seed % 3)).Body,
        bytes =>
        {
            UpstreamErrorReader.Read(bytes).Message.Length.ShouldBeLessThanOrEqualTo(1_000);
            foreach (var codec in DialectCodecs.All)
            {
                Expect(() => ResponseScanner.For(codec.Dialect).ReadBody(bytes));
                Expect(() =>
                {
                    var answer = codec.ReadResponse(bytes);
                    foreach (var other in DialectCodecs.All) Codec.Write(answer, other.Dialect);
                });
            }
        });

    [Fact]
    public void Mutated_streams_are_read_or_refused() => Fuzz(
        seed => VendorStreams.All[seed % VendorStreams.All.Count].Stream,
        bytes =>
        {
            var pieces = Chunks.Cut(bytes, bytes.Length);
            foreach (var codec in DialectCodecs.All)
            {
                var frames = new List<byte[]>();
                Expect(() => frames.AddRange(codec.Dialect == Dialect.OllamaChat
                    ? Streams.Ndjson(pieces).Select(Encoding.UTF8.GetBytes)
                    : Streams.Sse(pieces).Events.Select(item => Encoding.UTF8.GetBytes(item.Data))));
                var scanner = ResponseScanner.For(codec.Dialect);
                var reader = codec.OpenReader();
                var steps = new List<LlmStreamEvent>();
                foreach (var frame in frames)
                {
                    Expect(() => scanner.ReadEvent(frame));
                    Expect(() => reader.Read(frame, steps));
                }

                foreach (var other in DialectCodecs.All) Codec.Stream(steps, other.Dialect);
            }
        }, Rounds / 8);

    private static void Fuzz(Func<int, string> sample, Action<byte[]> check, int rounds = Rounds)
    {
        for (var seed = 0; seed < rounds; seed++)
        {
            var bytes = Mutate([.. Encoding.UTF8.GetBytes(sample(seed))], new Random(seed));
            try
            {
                check(bytes);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}: {Encoding.UTF8.GetString(bytes)}", failure);
            }
        }
    }

    private static byte[] Mutate(List<byte> bytes, Random random)
    {
        var vocabulary = "{}[]\",:\\0123456789-eE.nulltruefalse\u0000\n\r "u8.ToArray();
        for (var i = random.Next(1, 5); i > 0 && bytes.Count > 2; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] = vocabulary[random.Next(vocabulary.Length)]; break;
                case 2: bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 30))); break;
                case 3: bytes.Insert(at, vocabulary[random.Next(vocabulary.Length)]); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 30)))); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }

    private static void Expect(Action action)
    {
        try
        {
            action();
        }
        catch (WireFormatException)
        {
        }
        catch (UpstreamErrorException)
        {
        }
    }
}
