using Switchyard.Gateway.Providers.Protocols;

namespace Switchyard.Gateway.Providers.Kinds;

/// <summary>Baidu's ERNIE by Qianfan v2: a bearer key, and optionally the application it is billed to.</summary>
public sealed class BaiduKind : OpenAiCompatible
{
    /// <inheritdoc/>
    public override string Id => "baidu";

    /// <inheritdoc/>
    public override string DisplayName => "Baidu Qianfan";

    /// <inheritdoc/>
    public override IReadOnlyList<string> KnownEndpoints => ["https://qianfan.baidubce.com/v2"];

    /// <inheritdoc/>
    public override string KeyVariable => "QIANFAN_API_KEY";

    /// <inheritdoc/>
    public override IReadOnlyList<string> SuggestedModels => ["ernie-4.5-turbo-128k", "ernie-speed-128k", "ernie-x1-turbo-32k", "embedding-v1"];

    /// <inheritdoc/>
    public override IReadOnlyList<ProviderOption> Options { get; } =
        [new("appid", Required: false, Default: null, Pattern: "^[A-Za-z0-9-]{1,64}$", Choices: [])];

    /// <inheritdoc/>
    protected override void Sign(HttpRequestMessage request, Provider provider)
    {
        base.Sign(request, provider);
        if (provider.Options.TryGetValue("appid", out var appId)) request.Headers.Add("appid", appId);
    }
}
