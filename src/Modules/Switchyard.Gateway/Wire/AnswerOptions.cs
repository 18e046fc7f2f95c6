namespace Switchyard.Gateway.Wire;

/// <summary>What a response writer must know beyond the answer.</summary>
/// <param name="FallbackId">Id used when the vendor gave none.</param>
/// <param name="Model">Model name used when the vendor gave none.</param>
/// <param name="Created">Time stamped on answers and chunks.</param>
/// <param name="IncludeUsage">OpenAI streams: the client asked for the usage chunk.</param>
public sealed record AnswerOptions(string FallbackId, string Model, DateTimeOffset Created, bool IncludeUsage = false);
