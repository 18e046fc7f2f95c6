using Switchyard.Gateway.Providers.Protocols;

namespace Switchyard.Gateway.Providers.Kinds;

/// <summary>Tencent's Hunyuan by its OpenAI-compatible door.</summary>
public sealed class HunyuanKind : OpenAiCompatible
{
    /// <inheritdoc/>
    public override string Id => "hunyuan";

    /// <inheritdoc/>
    public override string DisplayName => "Tencent Hunyuan";

    /// <inheritdoc/>
    public override IReadOnlyList<string> KnownEndpoints => ["https://api.hunyuan.cloud.tencent.com/v1"];

    /// <inheritdoc/>
    public override string KeyVariable => "HUNYUAN_API_KEY";

    /// <inheritdoc/>
    public override IReadOnlyList<string> SuggestedModels => ["hunyuan-turbos-latest", "hunyuan-lite", "hunyuan-t1-latest", "hunyuan-embedding"];

    /// <inheritdoc/>
    public override string OutputCapField(Provider provider, string model) => OutputCap.Classic;
}
