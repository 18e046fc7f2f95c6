namespace Switchyard.Platform.Secrets;

/// <summary>A sealed secret cannot be opened: damaged, moved to another row, or its master key is missing.</summary>
public sealed class SecretException(string message, Exception? inner = null) : Exception(message, inner);
