using System.Text.Json;
using Switchyard.Contracts.Events;

namespace Switchyard.Platform.EventLog;

/// <summary>An event that waits for its transaction's commit.</summary>
/// <param name="Type">Stable name of the fact.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Payload">UTF-8 JSON.</param>
public sealed record PendingEvent(string Type, string Subject, string Payload)
{
    /// <summary>How payloads are written: camelCase, nulls left out.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Serialises <paramref name="fact"/>.</summary>
    public static PendingEvent From<T>(string subject, T fact)
        where T : IEvent => new(T.Type, subject, JsonSerializer.Serialize(fact, Json));
}
