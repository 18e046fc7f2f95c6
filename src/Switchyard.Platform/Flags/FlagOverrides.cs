using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Flags;

/// <summary>
/// What the environment says about flags: <c>SWITCHYARD_FLAG_NEW_ROUTER=on</c>, <c>off</c> or a percentage stands
/// above the database for the flag <c>new-router</c>, in every tenant.
/// </summary>
public sealed class FlagOverrides
{
    private const string Prefix = "SWITCHYARD_FLAG_";
    private readonly FrozenDictionary<string, (string State, decimal Percentage)> _byVariable;

    /// <summary>Reads the variables once; a value that means nothing stops the start.</summary>
    public FlagOverrides(IConfiguration configuration) => _byVariable = configuration.GetChildren()
        .Where(c => c.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(c.Value))
        .ToFrozenDictionary(c => c.Key[Prefix.Length..].ToUpperInvariant(), c => Parse(c.Key, c.Value!));

    /// <summary>Flags that only the environment knows, by the name they have then.</summary>
    public IEnumerable<string> Names => _byVariable.Keys.Select(v => v.ToLowerInvariant().Replace('_', '-'));

    /// <summary>The override of a flag; null for none.</summary>
    public (string State, decimal Percentage)? Of(string name) =>
        _byVariable.TryGetValue(VariableOf(name), out var found) ? found : null;

    internal static string VariableOf(string name) => name.ToUpperInvariant().Replace('-', '_').Replace('.', '_');

    private static (string State, decimal Percentage) Parse(string variable, string value) => value.Trim().ToLowerInvariant() switch
    {
        "on" or "true" => (Flag.On, 100),
        "off" or "false" => (Flag.Off, 0),
        var text when decimal.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share <= 100
            => (Flag.Share, share),
        _ => throw new ConfigurationException(variable, new Phrase("settings.flag", ("value", value))),
    };
}
