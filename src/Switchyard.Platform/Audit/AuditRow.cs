using System.Security.Cryptography;
using System.Text.Json;

namespace Switchyard.Platform.Audit;

/// <summary>One row of the chain as it is stored.</summary>
/// <param name="TenantId">Owner of the chain.</param>
/// <param name="Sequence">Position, gapless from 1.</param>
/// <param name="Id">Stable id.</param>
/// <param name="At">When, UTC, whole microseconds.</param>
/// <param name="Actor">Who, by name.</param>
/// <param name="ActorKind">How the actor was authenticated.</param>
/// <param name="ActorId">Id of the user or key, where there is one.</param>
/// <param name="Action">What was done.</param>
/// <param name="Resource">Kind of thing.</param>
/// <param name="ResourceId">Which one.</param>
/// <param name="Before">JSON text of the state before.</param>
/// <param name="After">JSON text of the state after.</param>
public sealed record AuditRow(
    Guid TenantId,
    long Sequence,
    Guid Id,
    DateTimeOffset At,
    string Actor,
    string ActorKind,
    Guid? ActorId,
    string Action,
    string Resource,
    string ResourceId,
    string? Before,
    string? After)
{
    /// <summary>What stands before the first row.</summary>
    public static byte[] Start { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>
    /// SHA-256 over the previous hash and this row. The row is hashed as a JSON array, so that no two rows
    /// with their text cut differently can have the same bytes.
    /// </summary>
    public byte[] Hash(byte[] previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(new object?[]
        {
            TenantId, Sequence, Id, At.UtcTicks / TimeSpan.TicksPerMicrosecond, Actor, ActorKind, ActorId, Action, Resource, ResourceId, Before, After,
        }));
        return hash.GetHashAndReset();
    }
}
