namespace Switchyard.Server.Commands;

/// <summary>A command cannot do what it was asked for; the message says why and what to do.</summary>
internal sealed class CommandException(string message, Exception? inner = null) : Exception(message, inner);
