namespace Switchyard.Platform.Access.Users;

/// <summary>A person.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Name">Unique; what they sign in with.</param>
/// <param name="Email">Unique where given; may also be used to sign in.</param>
/// <param name="Roles">At least one of the roles.</param>
/// <param name="Status"><c>invited</c> until the first sign-in, then <c>active</c> or <c>disabled</c>.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="LastSignInAt">When, UTC; null before the first.</param>
public sealed record User(
    Guid Id, string Name, string? Email, IReadOnlyList<string> Roles, string Status, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt);
