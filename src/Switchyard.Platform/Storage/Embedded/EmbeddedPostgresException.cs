using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Embedded;

/// <summary>The embedded server cannot run here; the phrase says why and what to do.</summary>
public sealed class EmbeddedPostgresException(Phrase phrase, Exception? inner = null) : PhrasedException(phrase, inner);
