using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Secrets;

/// <summary>A sealed secret cannot be opened: damaged, moved to another row, or its master key is missing.</summary>
public sealed class SecretException(Phrase phrase, Exception? inner = null) : PhrasedException(phrase, inner);
