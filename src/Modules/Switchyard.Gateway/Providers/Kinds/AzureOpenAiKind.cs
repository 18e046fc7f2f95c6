using Switchyard.Gateway.Providers.Protocols;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Providers.Kinds;

/// <summary>
/// OpenAI models on Azure. Models are names of deployments. The <c>classic</c> form puts the deployment and an
/// <c>api-version</c> into the URL; the <c>v1</c> form is OpenAI's own, below <c>/openai/v1</c>.
/// </summary>
public sealed class AzureOpenAiKind : OpenAiCompatible
{
    private const string Classic = "classic";

    /// <inheritdoc/>
    public override string Id => "azure-openai";

    /// <inheritdoc/>
    public override string DisplayName => "Azure OpenAI";

    /// <inheritdoc/>
    public override string KeyVariable => "AZURE_OPENAI_API_KEY";

    /// <inheritdoc/>
    public override string EndpointVariable => "AZURE_OPENAI_ENDPOINT";

    /// <inheritdoc/>
    public override string ModelsVariable => "AZURE_OPENAI_DEPLOYMENT";

    /// <inheritdoc/>
    public override int DetectionOrder => 3;

    /// <inheritdoc/>
    /// <remarks>Deployments have any name; these are what people usually call them.</remarks>
    public override IReadOnlyList<string> SuggestedModels => ["gpt-4o-mini", "gpt-4o", "gpt-4.1-mini"];

    /// <inheritdoc/>
    public override ProviderCapabilities Capabilities { get; } =
        new(Chat: true, Streaming: true, Tools: true, Vision: true, JsonSchema: true, Embeddings: true, ListModels: false);

    /// <inheritdoc/>
    public override IReadOnlyList<ProviderOption> Options { get; } =
    [
        new("api-form", Required: false, Default: Classic, Pattern: null, Choices: [Classic, "v1"]),
        new("api-version", Required: false, Default: "2024-10-21", Pattern: @"^\d{4}-\d{2}-\d{2}(-preview)?$", Choices: [], Variable: "AZURE_OPENAI_API_VERSION"),
        OutputCap.Setting,
    ];

    /// <inheritdoc/>
    public override IEnumerable<Problem> Check(Uri endpoint, IReadOnlyDictionary<string, string> options)
    {
        if (endpoint.AbsolutePath.Contains("/deployments/", StringComparison.OrdinalIgnoreCase))
            yield return CommonProblems.Malformed("endpoint", "https://{resource}.openai.azure.com");
    }

    /// <inheritdoc/>
    protected override string ChatPath(Provider provider, string model) => Path(provider, model, "chat/completions");

    /// <inheritdoc/>
    protected override string EmbeddingsPath(Provider provider, string model) => Path(provider, model, "embeddings");

    /// <inheritdoc/>
    protected override string ModelsPath(Provider provider) =>
        IsClassic(provider) ? $"openai/models?api-version={ApiVersion(provider)}" : "openai/v1/models";

    /// <inheritdoc/>
    protected override void Sign(HttpRequestMessage request, Provider provider)
    {
        if (provider.ApiKey is { } key) request.Headers.Add("api-key", key);
    }

    private string Path(Provider provider, string model, string operation) => IsClassic(provider)
        ? $"openai/deployments/{ModelName.ToSegment(model)}/{operation}?api-version={ApiVersion(provider)}"
        : $"openai/v1/{operation}";

    private static bool IsClassic(Provider provider) => provider.Options.GetValueOrDefault("api-form", Classic) == Classic;

    private string ApiVersion(Provider provider) =>
        Uri.EscapeDataString(provider.Options.GetValueOrDefault("api-version") ?? Options[1].Default!);
}
