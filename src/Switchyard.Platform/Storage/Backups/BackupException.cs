using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Backups;

/// <summary>A backup cannot be written, read or restored; the phrase says why and what to do.</summary>
public sealed class BackupException(Phrase phrase, Exception? inner = null) : PhrasedException(phrase, inner);
