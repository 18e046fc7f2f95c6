using Switchyard.Gateway.Providers.Protocols;

namespace Switchyard.Gateway.Providers.Kinds;

/// <summary>OpenAI itself.</summary>
public sealed class OpenAiKind : OpenAiCompatible
{
    /// <inheritdoc/>
    public override string Id => "openai";

    /// <inheritdoc/>
    public override string DisplayName => "OpenAI";

    /// <inheritdoc/>
    public override IReadOnlyList<string> KnownEndpoints => ["https://api.openai.com/v1"];

    /// <inheritdoc/>
    public override string KeyVariable => "OPENAI_API_KEY";

    /// <inheritdoc/>
    public override string EndpointVariable => "OPENAI_BASE_URL";

    /// <inheritdoc/>
    public override int DetectionOrder => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> SuggestedModels =>
        ["gpt-5.4-mini", "gpt-5.4", "gpt-5.5", "gpt-5.4-nano", "gpt-4.1-mini", "gpt-4o-mini", "text-embedding-3-small", "text-embedding-3-large"];

    /// <inheritdoc/>
    public override IReadOnlyList<ProviderOption> Options { get; } =
    [
        new("organization", Required: false, Default: null, Pattern: "^org-[A-Za-z0-9]+$", Choices: []),
        new("project", Required: false, Default: null, Pattern: "^proj_[A-Za-z0-9]+$", Choices: []),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> ForwardedHeaders { get; } = ["openai-beta"];

    /// <inheritdoc/>
    protected override void Sign(HttpRequestMessage request, Provider provider)
    {
        base.Sign(request, provider);
        if (provider.Options.TryGetValue("organization", out var organization)) request.Headers.Add("OpenAI-Organization", organization);
        if (provider.Options.TryGetValue("project", out var project)) request.Headers.Add("OpenAI-Project", project);
    }
}
