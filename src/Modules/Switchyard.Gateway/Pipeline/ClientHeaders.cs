using Microsoft.AspNetCore.Http;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Pipeline;

/// <summary>The client's headers that change what a vendor does. Each kind of provider says which it takes.</summary>
internal static class ClientHeaders
{
    private const int Longest = 1000;

    /// <summary>Those of <paramref name="names"/> that the client sent and that are fit to be sent on; null for none.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Of(IHeaderDictionary headers, IReadOnlyList<string> names)
    {
        List<KeyValuePair<string, string>>? found = null;
        for (var i = 0; i < names.Count; i++)
        {
            if (!headers.TryGetValue(names[i], out var value) || value.Count == 0) continue;
            var text = value.ToString();
            if (text.Length <= Longest && HeaderValues.IsSafe(text)) (found ??= []).Add(new(names[i], text));
        }

        return found;
    }

    /// <summary>Those that <paramref name="kind"/> takes; null for none.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? For(ProviderKind kind, IReadOnlyList<KeyValuePair<string, string>>? sent)
    {
        if (sent is null || kind.ForwardedHeaders.Count == 0) return null;
        var taken = sent.Where(header => kind.ForwardedHeaders.Contains(header.Key)).ToList();
        return taken.Count == 0 ? null : taken;
    }
}
