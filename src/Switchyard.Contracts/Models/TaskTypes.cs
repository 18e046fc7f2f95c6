namespace Switchyard.Contracts.Models;

/// <summary>The nine purposes of a model call. A route <c>task:{type}</c> answers for each.</summary>
public static class TaskTypes
{
    public const string Generation = "generation";
    public const string RealtimeScoring = "realtime-scoring";
    public const string Classification = "classification";
    public const string FactExtraction = "fact-extraction";
    public const string Validation = "validation";
    public const string Synthesis = "synthesis";
    public const string Summarization = "summarization";
    public const string Forecast = "forecast";
    public const string Embedding = "embedding";

    /// <summary>All nine, in the order in which screens list them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Generation, RealtimeScoring, Classification, FactExtraction, Validation, Synthesis, Summarization, Forecast, Embedding];
}
