using Switchyard.Platform.Http;

namespace Switchyard.Server.Commands;

/// <summary>What was asked for is refused, as an address would refuse it.</summary>
internal sealed class RefusedException(Problem problem) : Exception(problem.Code)
{
    /// <summary>One problem, or each of several.</summary>
    public IReadOnlyList<Problem> Problems => problem.Inner.Count > 0 ? problem.Inner : [problem];
}
