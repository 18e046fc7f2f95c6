using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Usage.Journal;

/// <summary>The usage journal cannot be kept here; the phrase says why and what to do.</summary>
public sealed class JournalException(Phrase phrase, Exception? inner = null) : PhrasedException(phrase, inner);
