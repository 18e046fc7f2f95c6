using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Gateway.Models;

/// <summary>The prices that ship with the product, read from <c>Models/prices.csv</c>.</summary>
public static class PriceList
{
    /// <summary>Where they come from.</summary>
    public const string Source = "Portkey-AI/models f654307e (MIT)";

    private const string LocalSource = "runs on your own machine";
    private const string DateMark = "# valid-from: ";

    /// <summary>All rows. Their ids depend on their content alone, so that every installation has the same.</summary>
    public static IReadOnlyList<PriceRow> Rows { get; } = Read();

    private static List<PriceRow> Read()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream("Switchyard.Gateway.Models.prices.csv")!;
        using var reader = new StreamReader(stream);
        var (rows, validFrom, headed) = (new List<PriceRow>(), DateTimeOffset.MinValue, false);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(DateMark, StringComparison.Ordinal)) validFrom = DateTimeOffset.Parse(line[DateMark.Length..], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            if (line.Length == 0 || line[0] == '#') continue;
            if (headed) rows.Add(Row(line, validFrom));
            headed = true;
        }

        return rows;
    }

    private static PriceRow Row(string line, DateTimeOffset validFrom)
    {
        var cells = line.Split(',');
        return new PriceRow
        {
            TenantId = PriceRow.Everyone,
            Id = IdOf($"{line}@{validFrom:yyyy-MM-dd}"),
            Provider = cells[0],
            Model = cells[1],
            Currency = cells[2],
            Input = Number(cells[3])!.Value,
            Output = Number(cells[4])!.Value,
            CachedRead = Number(cells[5]),
            CacheWrite = Number(cells[6]),
            Source = cells[1] == "*" ? LocalSource : Source,
            ValidFrom = validFrom,
        };
    }

    private static decimal? Number(string text) => text.Length == 0 ? null : decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static Guid IdOf(string content)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 16);
        // UUID version 8: contents by our own rule (RFC 9562).
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
