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
                throw new ConfigurationException(path, "The file must hold names and values, such as 'server:' with 'urls: …' below it.");
        }
        catch (YamlException fault)
        {
            throw new ConfigurationException($"{path}, line {fault.Start.Line}, column {fault.Start.Column}", $"{fault.Message} Mend the file; the last valid one stays in force meanwhile.", fault);
        }

        return values;

        void Flatten(YamlNode node, string key, int depth)
        {
            if (depth > Deepest || values.Count >= MostValues)
                throw new ConfigurationException($"{path}, line {node.Start.Line}", "The file is nested too deeply or too large.");
            switch (node)
            {
                case YamlMappingNode mapping:
                    foreach (var (name, value) in mapping.Children)
                    {
                        if (name is not YamlScalarNode { Value: { Length: > 0 } text })
                            throw new ConfigurationException($"{path}, line {name.Start.Line}", "A name must be plain text, such as 'server:'.");
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
