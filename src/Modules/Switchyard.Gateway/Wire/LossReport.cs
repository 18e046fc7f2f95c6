namespace Switchyard.Gateway.Wire;

/// <summary>Collects what a translation could not carry; becomes the <c>x-switchyard-loss</c> header.</summary>
public sealed class LossReport
{
    private readonly List<string> _items = [];

    /// <summary>Names of lost features in order, each once, for example <c>top_k</c>, <c>image.detail</c>.</summary>
    public IReadOnlyList<string> Items => _items;

    /// <summary>Notes one lost feature.</summary>
    public void Add(string feature)
    {
        if (!_items.Contains(feature)) _items.Add(feature);
    }
}
