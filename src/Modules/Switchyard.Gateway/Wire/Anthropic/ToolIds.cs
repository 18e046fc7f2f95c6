namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>
/// Makes tool call ids of other vendors fit: Anthropic takes only letters, digits, <c>_</c> and <c>-</c>. A call and its
/// result get the same new id, and two calls never get one id.
/// </summary>
internal sealed class ToolIds
{
    private readonly Dictionary<string, string> _fitted = [];
    private readonly HashSet<string> _taken = [];

    public string Fit(string id)
    {
        if (_fitted.TryGetValue(id, out var known)) return known;
        var plain = string.Concat(id.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_'));
        if (plain.Length == 0) plain = "call";
        var fitted = plain;
        for (var i = 2; !_taken.Add(fitted); i++) fitted = $"{plain}_{i}";
        return _fitted[id] = fitted;
    }
}
