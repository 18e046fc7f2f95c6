using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Embedded;

/// <summary>The embedded server cannot run here; the phrase says why and what to do.</summary>
public class EmbeddedPostgresException(Phrase phrase, Exception? inner = null) : PhrasedException(phrase, inner);

/// <summary>It ended because somebody else listens on its port.</summary>
internal sealed class PortTakenException(Phrase phrase) : EmbeddedPostgresException(phrase);
