using System.Text.Json;
using System.Text.RegularExpressions;
using Switchyard.Gateway.Providers.Protocols;

namespace Switchyard.Gateway.Providers.Kinds;

/// <summary>Alibaba's Qwen by DashScope's OpenAI-compatible mode, in China or internationally.</summary>
public sealed partial class QwenKind : OpenAiCompatible
{
    private static readonly IReadOnlyDictionary<string, JsonElement> WithoutThinking =
        new Dictionary<string, JsonElement> { ["enable_thinking"] = JsonElement.Parse("false") };

    /// <inheritdoc/>
    public override string Id => "qwen";

    /// <inheritdoc/>
    public override string DisplayName => "Qwen (DashScope)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> KnownEndpoints =>
        ["https://dashscope.aliyuncs.com/compatible-mode/v1", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"];

    /// <inheritdoc/>
    public override string KeyVariable => "DASHSCOPE_API_KEY";

    /// <inheritdoc/>
    public override IReadOnlyList<string> SuggestedModels => ["qwen-plus", "qwen-flash", "qwen-max", "qwen3-32b", "text-embedding-v4"];

    /// <inheritdoc/>
    public override string OutputCapField(Provider provider, string model) => OutputCap.Classic;

    /// <inheritdoc/>
    /// <remarks>The open Qwen3 models think by default, which DashScope refuses outside of streams.</remarks>
    public override IReadOnlyDictionary<string, JsonElement>? FieldsToSet(string model, bool stream) =>
        !stream && OpenQwen3().IsMatch(model) ? WithoutThinking : null;

    [GeneratedRegex(@"^qwen3-[0-9.]+b(-a[0-9.]+b)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex OpenQwen3();
}
