namespace Switchyard.Platform.Secrets;

/// <summary>A module's column of sealed secrets, so that key rotation can visit it.</summary>
public interface ISealedSecrets
{
    /// <summary>Re-wraps every row that an older master key sealed; resumable, safe while the service runs. Answers how many.</summary>
    Task<int> RewrapAsync(SecretBox box, CancellationToken cancel);
}
