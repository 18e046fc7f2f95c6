namespace Switchyard.Platform.Storage.Migrations;

/// <summary>The database could not be brought to this version; the message names the script and the cure.</summary>
public sealed class MigrationException : Exception
{
    /// <summary>Creates the exception.</summary>
    public MigrationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
