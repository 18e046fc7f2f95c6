using System.Text.Json;

namespace Switchyard.EndToEnd.Tests.Running;

/// <summary>One line of the request log, as far as the tests compare it with the vendor's bill.</summary>
public sealed record UsageRecord(Guid Id, string Model, string Status, int? Input, int? Output, string User)
{
    /// <summary>Reads the whole request log.</summary>
    public static async Task<IReadOnlyList<UsageRecord>> ReadAllAsync(RunningGateway gateway)
    {
        var records = new List<UsageRecord>();
        string? cursor = null;
        do
        {
            var page = await gateway.SendAsync(HttpMethod.Get, $"/api/v1/llm/requests?limit=500&cursor={Uri.EscapeDataString(cursor ?? "")}");
            records.AddRange(page.GetProperty("items").EnumerateArray().Select(Read));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return records;
    }

    private static UsageRecord Read(JsonElement item) => new(
        item.GetProperty("id").GetGuid(),
        item.GetProperty("model").GetString() ?? "",
        item.GetProperty("status").GetString()!,
        Tokens(item, "input"),
        Tokens(item, "output"),
        item.GetProperty("user").GetString() ?? "");

    private static int? Tokens(JsonElement item, string name) =>
        item.GetProperty("tokens") is { ValueKind: JsonValueKind.Object } tokens && tokens.TryGetProperty(name, out var count) && count.ValueKind == JsonValueKind.Number
            ? count.GetInt32()
            : null;
}
