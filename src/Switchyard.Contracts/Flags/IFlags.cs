namespace Switchyard.Contracts.Flags;

/// <summary>Feature flags, as every module asks for them. Answers from memory; never waits for the database.</summary>
public interface IFlags
{
    /// <summary>True when a flag is on for a key; false for a flag that nobody defined.</summary>
    /// <param name="tenantId">Whose flag.</param>
    /// <param name="name">Name of the flag.</param>
    /// <param name="key">What a percentage sticks to: a user, key, deal or conversation id. The same key always gets the same answer.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask<bool> IsOnAsync(Guid tenantId, string name, string key, CancellationToken cancel);
}
