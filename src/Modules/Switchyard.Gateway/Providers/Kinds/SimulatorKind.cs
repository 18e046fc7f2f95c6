using Switchyard.Gateway.Providers.Protocols;
using Switchyard.Gateway.Providers.Simulation;

namespace Switchyard.Gateway.Providers.Kinds;

/// <summary>Scripted answers for development, without a network; every answer says that it comes from a simulator.</summary>
public sealed class SimulatorKind : OpenAiCompatible
{
    /// <inheritdoc/>
    public override string Id => "simulator";

    /// <inheritdoc/>
    public override string DisplayName => "Simulator";

    /// <inheritdoc/>
    public override DeploymentMode DefaultMode => DeploymentMode.Local;

    /// <inheritdoc/>
    /// <remarks>Never resolved: the name is reserved by RFC 6761.</remarks>
    public override IReadOnlyList<string> KnownEndpoints => ["http://simulator.invalid/v1"];

    /// <inheritdoc/>
    public override bool NeedsKey => false;

    /// <inheritdoc/>
    public override IReadOnlyList<string> SuggestedModels => SimulatorScript.Names;

    /// <inheritdoc/>
    public override HttpMessageInvoker InProcess { get; } = new(new SimulatorHandler(TimeProvider.System));
}
