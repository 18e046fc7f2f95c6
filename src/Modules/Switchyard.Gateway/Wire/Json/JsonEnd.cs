namespace Switchyard.Gateway.Wire.Json;

/// <summary>Tells when an object that arrives in pieces of text is whole.</summary>
internal sealed class JsonEnd
{
    private int _depth;
    private bool _inText;
    private bool _escaped;

    /// <summary>The object's last brace was seen.</summary>
    public bool Reached { get; private set; }

    /// <summary>Looks at the next piece.</summary>
    public void Feed(ReadOnlySpan<char> json)
    {
        foreach (var letter in json)
        {
            if (_escaped) _escaped = false;
            else if (_inText) (_escaped, _inText) = (letter == '\\', letter != '"');
            else if (letter == '"') _inText = true;
            else if (letter is '{' or '[') _depth++;
            else if (letter is '}' or ']') Reached |= --_depth == 0;
        }
    }

    /// <summary>Starts over.</summary>
    public void Reset() => (_depth, _inText, _escaped, Reached) = (0, false, false, false);
}
