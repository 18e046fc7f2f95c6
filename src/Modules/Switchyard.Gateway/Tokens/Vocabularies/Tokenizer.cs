using System.Buffers;
using System.Text;

namespace Switchyard.Gateway.Tokens.Vocabularies;

/// <summary>
/// Counts the tokens of a text exactly as the models of OpenAI do. Special tokens in a text are read as plain text, as
/// the API reads what users send. Thread-safe.
/// </summary>
public sealed class Tokenizer
{
    private static readonly Lazy<Tokenizer?> O200kBase = new(() => Load("o200k_base", PieceRules.O200k));
    private static readonly Lazy<Tokenizer?> Cl100kBase = new(() => Load("cl100k_base", PieceRules.Cl100k));

    private readonly Vocabulary _vocabulary;
    private readonly PieceEnd _end;

    private Tokenizer(string name, Vocabulary vocabulary, PieceEnd end) => (Name, _vocabulary, _end) = (name, vocabulary, end);

    private delegate int PieceEnd(ReadOnlySpan<char> text, int at);

    /// <summary>For GPT-4o and everything after it; null in a build without vocabularies.</summary>
    public static Tokenizer? O200k => O200kBase.Value;

    /// <summary>For GPT-4, GPT-3.5 and the embedding models; null in a build without vocabularies.</summary>
    public static Tokenizer? Cl100k => Cl100kBase.Value;

    /// <summary>The name of the encoding, for example <c>o200k_base</c>.</summary>
    public string Name { get; }

    /// <summary>How many tokens <paramref name="text"/> makes.</summary>
    public int Count(ReadOnlySpan<char> text)
    {
        Span<byte> near = stackalloc byte[256];
        var total = 0;
        for (var at = 0; at < text.Length;)
        {
            var end = _end(text, at);
            var piece = text[at..end];
            total += piece.Length * 3 <= near.Length
                ? BytePairs.Count(_vocabulary, near[..Encoding.UTF8.GetBytes(piece, near)])
                : CountLong(piece);
            at = end;
        }

        return total;
    }

    private int CountLong(ReadOnlySpan<char> piece)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(piece.Length));
        var count = BytePairs.Count(_vocabulary, bytes.AsSpan(0, Encoding.UTF8.GetBytes(piece, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
        return count;
    }

    private static Tokenizer? Load(string name, PieceEnd end)
    {
        using var packed = typeof(Tokenizer).Assembly.GetManifestResourceStream($"Switchyard.Gateway.Tokens.{name}.ranks");
        return packed is null ? null : new Tokenizer(name, Vocabulary.Read(packed), end);
    }
}
