using Switchyard.Contracts.Models;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.InProcess;

/// <summary>The gateway's own form of <see cref="ModelCallException"/>, with the whole problem.</summary>
public sealed class GatewayCallException(Problem problem, string requestId, string message)
    : ModelCallException(problem.Code, problem.Status, requestId, message)
{
    /// <summary>What an HTTP client would have been told, the list of attempts included.</summary>
    public Problem Problem { get; } = problem;
}
