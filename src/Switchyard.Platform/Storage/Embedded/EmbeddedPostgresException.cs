namespace Switchyard.Platform.Storage.Embedded;

/// <summary>The embedded server cannot run here; the message says why and what to do.</summary>
public sealed class EmbeddedPostgresException : Exception
{
    /// <summary>Creates the exception.</summary>
    public EmbeddedPostgresException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
