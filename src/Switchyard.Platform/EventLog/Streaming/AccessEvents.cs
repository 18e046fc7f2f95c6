using System.Text.Json;

namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>Events after which open streams of somebody must end, so that he is authenticated anew.</summary>
internal static class AccessEvents
{
    /// <summary>Id of the user or key whose access changed by <paramref name="e"/>; null for any other event.</summary>
    public static Guid? WhoseAccessChanged(StoredEvent e) => e.Type switch
    {
        "access.session-revoked" => Member(e, "userId"),
        "access.key-changed" or "access.user-changed" => Member(e, "id"),
        _ => null,
    };

    private static Guid? Member(StoredEvent e, string name)
    {
        using var payload = JsonDocument.Parse(e.Payload);
        return payload.RootElement.TryGetProperty(name, out var value) && value.TryGetGuid(out var id) ? id : null;
    }
}
