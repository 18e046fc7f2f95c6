namespace Switchyard.Platform.Storage.Embedded;

/// <summary>What one start of the embedded server remembers for the next.</summary>
/// <param name="Port">TCP port on loopback.</param>
/// <param name="HasDatabase">Whether the database was created in the new cluster.</param>
public sealed record ServerState(int Port, bool HasDatabase);
