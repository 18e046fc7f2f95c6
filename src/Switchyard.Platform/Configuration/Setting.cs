namespace Switchyard.Platform.Configuration;

/// <summary>One setting that an operator may give; message <c>setting.{key}</c> says what it does.</summary>
/// <param name="Key">Path in <c>switchyard.yaml</c>, written with colons: <c>database:connection</c>.</param>
/// <param name="Default">Value when nobody gives one; null for none.</param>
/// <param name="Alias">Short environment name after <c>SWITCHYARD_</c>; null when only the general form is used.</param>
/// <param name="Secret">Its value is never shown.</param>
/// <param name="AtStart">Read only at start, so that it cannot be stored in the database.</param>
public sealed record Setting(
    string Key, string? Default, string? Alias = null, bool Secret = false, bool AtStart = false);
