using Switchyard.Platform.Localization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Switchyard.Platform.Configuration;

/// <summary>Reads <c>switchyard.yaml</c> into flat keys: <c>server: { urls: … }</c> becomes <c>server:urls</c>.</summary>
internal static class YamlReader
{
    private const int Deepest = 16;
    private const int MostValues = 10_000;

    /// <summary>All values by key; lists get their index as last part.</summary>
    /// <exception cref="ConfigurationException">The text is not YAML, or not a mapping; line and column are named.</exception>
    public static Dictionary<string, string?> Read(TextReader text, string path)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        try
        {
            var stream = new YamlStream();
            stream.Load(text);
            if (stream.Documents.Count == 0) return values;
            if (stream.Documents[0].RootNode is YamlMappingNode root) Flatten(root, "", 0);
            else if (stream.Documents[0].RootNode is not YamlScalarNode { Value: null or "" })
                throw new ConfigurationException(path, new Phrase("settings.file.shape"));
        }
        catch (YamlException fault)
        {
            throw new ConfigurationException($"{path}:{fault.Start.Line}:{fault.Start.Column}", new Phrase("settings.file.malformed", ("reason", fault.Message)), fault);
        }

        return values;

        void Flatten(YamlNode node, string key, int depth)
        {
            if (depth > Deepest || values.Count >= MostValues)
                throw new ConfigurationException($"{path}:{node.Start.Line}", new Phrase("settings.file.large"));
            switch (node)
            {
                case YamlMappingNode mapping:
                    foreach (var (name, value) in mapping.Children)
                    {
                        if (name is not YamlScalarNode { Value: { Length: > 0 } text })
                            throw new ConfigurationException($"{path}:{name.Start.Line}", new Phrase("settings.file.name"));
                        Flatten(value, Join(key, text), depth + 1);
                    }

                    break;
                case YamlSequenceNode list:
                    for (var i = 0; i < list.Children.Count; i++) Flatten(list.Children[i], Join(key, $"{i}"), depth + 1);
                    break;
                case YamlScalarNode scalar:
                    var isNull = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null";
                    values[key] = isNull ? null : scalar.Value;
                    break;
            }
        }
    }

    private static string Join(string key, string name) => key.Length == 0 ? name : $"{key}:{name}";
}
