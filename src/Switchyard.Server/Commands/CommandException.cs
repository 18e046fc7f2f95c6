using Switchyard.Platform.Localization;

namespace Switchyard.Server.Commands;

/// <summary>A command cannot do what it was asked for; the phrase says why and what to do.</summary>
internal sealed class CommandException(Phrase phrase, Exception? inner = null) : PhrasedException(phrase, inner);
