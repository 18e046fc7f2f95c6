using Switchyard.Gateway.Providers.Protocols;

namespace Switchyard.Gateway.Providers.Kinds;

/// <summary>Zhipu's GLM. Its paths have no <c>/v1</c>.</summary>
public sealed class ZhipuKind : OpenAiCompatible
{
    /// <inheritdoc/>
    public override string Id => "zhipu";

    /// <inheritdoc/>
    public override string DisplayName => "Zhipu GLM";

    /// <inheritdoc/>
    public override IReadOnlyList<string> KnownEndpoints => ["https://open.bigmodel.cn/api/paas/v4", "https://api.z.ai/api/paas/v4"];

    /// <inheritdoc/>
    public override string KeyVariable => "ZHIPU_API_KEY";

    /// <inheritdoc/>
    public override IReadOnlyList<string> SuggestedModels => ["glm-4.6", "glm-4.5-air", "glm-5", "embedding-3"];

    /// <inheritdoc/>
    public override string OutputCapField(Provider provider, string model) => OutputCap.Classic;
}
