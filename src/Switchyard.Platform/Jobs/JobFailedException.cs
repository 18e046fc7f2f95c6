using Switchyard.Platform.Http;

namespace Switchyard.Platform.Jobs;

/// <summary>A job cannot succeed; the problem's texts are shown to whoever looks at it.</summary>
public sealed class JobFailedException(Problem problem) : Exception(problem.Code)
{
    /// <summary>Why.</summary>
    public Problem Problem => problem;
}
