using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Migrations;

/// <summary>The database could not be brought to this version; the phrase names the script and the cure.</summary>
public sealed class MigrationException(Phrase phrase, Exception? inner = null) : PhrasedException(phrase, inner);
