using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Tests.Configuration;

/// <summary>Generates configurations of every catalogued kind, valid ones and ways to spoil them.</summary>
internal static class ProviderForms
{
    public static readonly ProviderCatalog Catalog = new();

    private static readonly string[] ModelNames =
        ["gpt-5.4-mini", "qwen3-32b", "llama3.2:3b", "hf.co/bartowski/Qwen:Q4_K_M", "ft:gpt-4o:org::id", "@cf/meta/llama", "模型-1", "a+b~c", "ep-2024.1"];

    /// <summary>Valid configurations; the name is unique by its suffix.</summary>
    public static Gen<ProviderForm> Valid { get; } =
        from kind in Gen.Elements(Catalog.All.ToArray())
        from name in Gen.Elements("main", "Prod.EU", "备用", "x", "a-b_c.9")
        from local in ArbMap.Default.GeneratorFor<bool>()
        from models in Gen.SubListOf(ModelNames).Where(list => list.Count > 0)
        from port in Gen.Choose(1, 65_535)
        from path in Gen.Elements("", "/v1", "/api/paas/v4", "/a/b/")
        from key in Gen.ArrayOf(Gen.Choose('!', '~').Select(c => (char)c)).Where(c => c.Length > 0)
        from withMode in ArbMap.Default.GeneratorFor<bool>()
        from enabled in ArbMap.Default.GeneratorFor<bool>()
        from connect in Gen.Choose(100, 60_000)
        from total in Gen.Choose(1_000, 3_600_000)
        let mode = withMode || local != (kind.DefaultMode == DeploymentMode.Local) ? (local ? "local" : "cloud") : null
        select new ProviderForm
        {
            Name = $"{name}-{Guid.CreateVersion7():n}",
            Kind = kind.Id,
            Mode = mode,
            Endpoint = local ? $"http://127.0.0.1:{port}{path}" : $"https://models.example.com:{port}{path}",
            ApiKey = new string(key),
            Models = [.. models],
            Options = kind.Options.Where(option => option.Default is not null).ToDictionary(option => option.Name, option => option.Default),
            Enabled = enabled,
            ConnectTimeoutMs = connect,
            TotalTimeoutMs = total,
        };

    /// <summary>A valid configuration with one field spoiled, and the field that must be named.</summary>
    public static Gen<(ProviderForm Form, string Field)> Spoiled { get; } =
        from form in Valid
        from spoil in Gen.Elements(Spoilers)
        where spoil.Applies(form)
        select (spoil.Apply(form), spoil.Field);

    private static Spoiler[] Spoilers =>
    [
        new("name", f => f with { Name = null }),
        new("name", f => f with { Name = " " }),
        new("name", f => f with { Name = "a/b" }),
        new("name", f => f with { Name = "a\r\nb" }),
        new("name", f => f with { Name = "-a" }),
        new("name", f => f with { Name = new string('a', 65) }),
        new("kind", f => f with { Kind = null }),
        new("kind", f => f with { Kind = "OpenAI" }),
        new("mode", f => f with { Mode = "hybrid" }),
        new("mode", f => f with { Mode = "" }),
        new("endpoint", f => f with { Endpoint = null }, f => Catalog.Find(f.Kind)!.DefaultEndpoint is null),
        new("endpoint", f => f with { Endpoint = "not an address" }),
        new("endpoint", f => f with { Endpoint = "ftp://models.example.com" }),
        new("endpoint", f => f with { Endpoint = f.Endpoint + "?key=1" }),
        new("endpoint", f => f with { Endpoint = "https://u:p@models.example.com" }),
        new("endpoint", f => f with { Endpoint = "https://models.example.com/" + new string('a', 600) }),
        new("endpoint", f => f with { Endpoint = "https://10.0.0.1/v1" }, f => f.Kind != "simulator"),
        new("apiKey", f => f with { ApiKey = null }, f => Catalog.Find(f.Kind)!.NeedsKey),
        new("apiKey", f => f with { ApiKey = "  " }, f => Catalog.Find(f.Kind)!.NeedsKey),
        new("apiKey", f => f with { ApiKey = "two\r\nlines" }),
        new("apiKey", f => f with { ApiKey = "ключ" }),
        new("apiKey", f => f with { ApiKey = new string('k', 5_000) }),
        new("models", f => f with { Models = null }),
        new("models", f => f with { Models = [] }),
        new("models[0]", f => f with { Models = [""] }),
        new("models[0]", f => f with { Models = [null] }),
        new("models[0]", f => f with { Models = ["a/../b"] }),
        new("models[0]", f => f with { Models = ["a?b=c"] }),
        new("models[0]", f => f with { Models = ["a\nb"] }),
        new("models[1]", f => f with { Models = ["twice", "twice"] }),
        new("options.nonsense", f => f with { Options = new Dictionary<string, string?> { ["nonsense"] = "x" } }),
        new("options.api-version", f => f with { Options = new Dictionary<string, string?> { ["api-version"] = "2024/10&x=y" } }, f => f.Kind == "azure-openai"),
        new("options.api-form", f => f with { Options = new Dictionary<string, string?> { ["api-form"] = "v7" } }, f => f.Kind == "azure-openai"),
        new("options.appid", f => f with { Options = new Dictionary<string, string?> { ["appid"] = "a\r\nb: c" } }, f => f.Kind == "baidu"),
        new("connectTimeoutMs", f => f with { ConnectTimeoutMs = 0 }),
        new("totalTimeoutMs", f => f with { TotalTimeoutMs = int.MaxValue }),
    ];

    private sealed record Spoiler(string Field, Func<ProviderForm, ProviderForm> Apply, Func<ProviderForm, bool>? Only = null)
    {
        public bool Applies(ProviderForm form) => Only?.Invoke(form) ?? true;
    }
}
