using System.Buffers;

namespace Switchyard.Gateway.Upstream;

/// <summary>Keeps line breaks and other control characters out of headers.</summary>
public static class HeaderValues
{
    private static readonly SearchValues<char> Visible = SearchValues.Create(
        Enumerable.Range(0x20, 0x7f - 0x20).Select(c => (char)c).Append('\t').ToArray());

    private static readonly SearchValues<char> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>True for printable ASCII without line breaks or NUL.</summary>
    public static bool IsSafe(ReadOnlySpan<char> value) => !value.ContainsAnyExcept(Visible);

    /// <summary>True for a header name (RFC 9110 token).</summary>
    public static bool IsName(ReadOnlySpan<char> name) => name.Length > 0 && !name.ContainsAnyExcept(Token);

    /// <summary>A text as a safe header value: characters outside printable ASCII are percent-encoded.</summary>
    public static string Encode(string text) => IsSafe(text) ? text : Uri.EscapeDataString(text);
}
