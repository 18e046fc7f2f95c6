using System.Text.Json;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>
/// How a Messages request is to think, and what that leaves of the output cap. An effort word becomes a budget for
/// models that know only budgets, and the other way round for models that know only efforts.
/// </summary>
internal sealed record ThinkingPlan(int MaxTokens, string? Mode, int? Budget, string? Effort)
{
    private const int Least = 1_024;

    /// <summary>The model will think.</summary>
    public bool Thinks => Mode is "enabled" or "adaptive";

    public static ThinkingPlan For(LlmRequest request, RequestOptions options, LossReport loss)
    {
        var max = request.MaxOutputTokens ?? options.DefaultMaxTokens;
        if (max == 0) max = 1;
        if (request.Reasoning is not { } asked) return new ThinkingPlan(max, null, null, null);
        if (request.Source == Dialect.AnthropicMessages) return new ThinkingPlan(max, asked.Mode, asked.BudgetTokens, asked.Effort);
        if (asked.Effort is "none" or "minimal" || asked.Mode == "disabled") return new ThinkingPlan(max, null, null, null);

        // A turn that began without signed thinking cannot go on with it: the API refuses the tool results.
        if (AnswersTools(request.Messages))
        {
            loss.Add("reasoning_effort");
            return new ThinkingPlan(max, null, null, null);
        }

        if (!AnthropicModels.ThinksByBudget(options.HabitsOf)) return new ThinkingPlan(max, "adaptive", null, Word(asked, options.HabitsOf));
        var budget = asked.BudgetTokens ?? asked.Effort switch { "low" => 2_048, "medium" => 8_192, _ => 16_384 };
        if (request.MaxOutputTokens is null) return new ThinkingPlan(max + budget, "enabled", budget, null);
        if (max <= Least)
        {
            loss.Add("reasoning_effort");
            return new ThinkingPlan(max, null, null, null);
        }

        return new ThinkingPlan(max, "enabled", Math.Min(budget, Math.Max(Least, max / 2)), null);
    }

    public void Write(Utf8JsonWriter json)
    {
        if (Mode is null) return;
        json.WriteStartObject("thinking");
        json.WriteString("type", Mode);
        if (Budget is { } budget) json.WriteNumber("budget_tokens", budget);
        json.WriteEndObject();
    }

    private static string Word(LlmReasoning asked, string model) => asked switch
    {
        { Effort: "low" or "medium" or "high" or "max" } => asked.Effort,
        { Effort: "xhigh" } => AnthropicModels.Samples(model) ? "max" : "xhigh", // New together with the end of sampling.
        { BudgetTokens: <= 2_048 } => "low",
        { BudgetTokens: <= 8_192 } => "medium",
        _ => "high",
    };

    private static bool AnswersTools(IReadOnlyList<LlmMessage> messages)
    {
        if (messages.Count == 0 || messages[^1].Role != LlmRole.Tool) return false;
        var caller = messages.LastOrDefault(message => message.Role == LlmRole.Assistant);
        return caller is not null && !caller.Parts.Any(part => part is ThinkingPart { Signature: not null } or ThinkingPart { RedactedData: not null });
    }
}
