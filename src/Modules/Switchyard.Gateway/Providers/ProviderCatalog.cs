using System.Collections.Frozen;

namespace Switchyard.Gateway.Providers;

/// <summary>Every kind of provider: form, API, documents and tests enumerate this. Immutable.</summary>
public sealed class ProviderCatalog
{
    private readonly FrozenDictionary<string, ProviderKind> _byId;

    /// <summary>Finds every concrete <see cref="ProviderKind"/> in this assembly.</summary>
    public ProviderCatalog()
        : this(typeof(ProviderKind).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ProviderKind)) && !type.IsAbstract)
            .Select(type => (ProviderKind)Activator.CreateInstance(type)!))
    {
    }

    /// <summary>A catalogue of the given kinds; two with one id are a bug and throw.</summary>
    public ProviderCatalog(IEnumerable<ProviderKind> kinds)
    {
        All = [.. kinds.OrderBy(kind => kind.Id, StringComparer.Ordinal)];
        ForwardedHeaders = [.. All.SelectMany(kind => kind.ForwardedHeaders).Distinct(StringComparer.Ordinal)];
        _byId = All.ToFrozenDictionary(kind => kind.Id, StringComparer.Ordinal);
    }

    /// <summary>Client request headers that some kind forwards, lower-case.</summary>
    public IReadOnlyList<string> ForwardedHeaders { get; }

    /// <summary>All kinds by id.</summary>
    public IReadOnlyList<ProviderKind> All { get; }

    /// <summary>The kind with this id; null when there is none.</summary>
    public ProviderKind? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);
}
