namespace Switchyard.Platform.Storage.Backups;

/// <summary>A backup cannot be written, read or restored; the message says why and what to do.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
