using System.Collections;
using System.Collections.Specialized;
using System.Text.Json;
using Quartz.Spi;

namespace Switchyard.Platform.Jobs.Scheduling;

/// <summary>
/// How Quartz stores the little data it keeps: string pairs as JSON. No type names, so nothing that is read back can
/// choose what is created.
/// </summary>
public sealed class QuartzSerializer : IObjectSerializer
{
    /// <inheritdoc/>
    public void Initialize()
    {
    }

    /// <inheritdoc/>
    public byte[] Serialize<T>(T obj)
        where T : class
    {
        var pairs = obj switch
        {
            NameValueCollection named => named.AllKeys.ToDictionary(key => key!, key => named[key]),
            IDictionary map => map.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => e.Value?.ToString()),
            _ => throw new NotSupportedException($"Jobs keep their data in platform.jobs, not in a {obj.GetType().Name}."),
        };
        return JsonSerializer.SerializeToUtf8Bytes(pairs);
    }

    /// <inheritdoc/>
    public T? DeSerialize<T>(byte[] data)
        where T : class
    {
        var pairs = JsonSerializer.Deserialize<Dictionary<string, string?>>(data) ?? [];
        if (typeof(T) == typeof(NameValueCollection))
        {
            var named = new NameValueCollection();
            foreach (var (key, value) in pairs) named[key] = value;
            return named as T;
        }

        return new Quartz.JobDataMap((IDictionary)pairs) as T;
    }
}
