namespace Switchyard.Platform.Localization;

/// <summary>
/// A fault that somebody can mend: it carries what is to be said, and whoever shows it says it in the language of the
/// reader. <see cref="Exception.Message"/> is English, for logs.
/// </summary>
public abstract class PhrasedException(Phrase phrase, Exception? inner = null) : Exception(null, inner)
{
    /// <summary>What was wrong and how to mend it.</summary>
    public Phrase Phrase => phrase;

    /// <summary>The phrase in English.</summary>
    public override string Message => OperatorText.English(phrase);
}
