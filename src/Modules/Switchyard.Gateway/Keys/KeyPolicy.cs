namespace Switchyard.Gateway.Keys;

/// <summary>What the gateway holds an API key to.</summary>
/// <param name="AllowedModels">
/// Names that the key may ask for: a model, a route, <c>provider/model</c>, or a beginning followed by <c>*</c>.
/// </param>
public sealed record KeyPolicy(IReadOnlyList<string> AllowedModels)
{
    /// <summary>True when the key may ask for <paramref name="name"/>.</summary>
    public bool Allows(string name)
    {
        if (Names(name)) return true;

        // A model's name covers the model at every provider.
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Names(name.AsSpan(slash + 1));
    }

    /// <summary>True when everything that <paramref name="child"/> allows is allowed here too.</summary>
    public bool Covers(KeyPolicy child) => child.AllowedModels.All(entry => AllowedModels.Any(own =>
        own == entry || (own.EndsWith('*') && entry.AsSpan().TrimEnd('*').StartsWith(own.AsSpan()[..^1], StringComparison.Ordinal))));

    private bool Names(ReadOnlySpan<char> name)
    {
        foreach (var entry in AllowedModels)
        {
            if (name.Equals(entry, StringComparison.Ordinal)) return true;
            if (entry.EndsWith('*') && name.StartsWith(entry.AsSpan()[..^1], StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
