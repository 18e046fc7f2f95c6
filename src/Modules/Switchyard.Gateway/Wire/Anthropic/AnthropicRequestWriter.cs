using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>Writes a Messages request.</summary>
internal static class AnthropicRequestWriter
{
    public static void Write(LlmRequest request, RequestOptions options, Utf8JsonWriter json, LossReport loss)
    {
        var native = request.OutputFormat is { Kind: "json_schema", Schema: { } schema } && options.NativeSchema && JsonInstruction.IsClosed(schema);
        var instruction = native ? null : JsonInstruction.For(request.OutputFormat);
        if (instruction is not null) loss.Add("response_format");
        var plan = ThinkingPlan.For(request, options, loss);
        var writer = new AnthropicMessageWriter(json, loss);
        json.WriteStartObject();
        json.WriteString("model", options.Model);
        json.WriteNumber("max_tokens", plan.MaxTokens);
        writer.WriteSystem(request.Messages, instruction);
        writer.WriteMessages(request.Messages);
        if (request.Stream) json.WriteBoolean("stream", true);
        AnthropicTools.Write(request, plan.Thinks, json, loss);
        WriteSampling(request, options.HabitsOf, plan.Thinks, json, loss);
        WriteStop(request.Stop, json, loss);
        plan.Write(json);
        WriteOutput(request, plan.Effort, native, json);
        WriteUser(request, json, loss);
        foreach (var (name, value) in request.Extras)
        {
            if (request.Source != Dialect.AnthropicMessages)
            {
                loss.Add(name);
                continue;
            }

            json.WritePropertyName(name);
            json.WriteVerbatim(value);
        }

        json.WriteEndObject();
    }

    private static void WriteSampling(LlmRequest request, string model, bool thinks, Utf8JsonWriter json, LossReport loss)
    {
        var own = request.Source == Dialect.AnthropicMessages;
        var free = own || (!thinks && AnthropicModels.Samples(model));
        if (request.Temperature is { } temperature)
        {
            // OpenAI's scale ends at 2, this one at 1.
            if (free) json.WriteNumber("temperature", Math.Min(temperature, 1));
            if (free ? temperature > 1 : temperature != 1) loss.Add("temperature");
        }

        if (request.TopP is { } topP)
        {
            if (own || (free && (request.Temperature is null || !AnthropicModels.TakesOneSampler(model)))) json.WriteNumber("top_p", topP);
            else if (topP != 1) loss.Add("top_p");
        }

        if (request.TopK is { } topK)
        {
            if (free) json.WriteNumber("top_k", topK);
            else loss.Add("top_k");
        }

        if (request.FrequencyPenalty is not (null or 0)) loss.Add("frequency_penalty");
        if (request.PresencePenalty is not (null or 0)) loss.Add("presence_penalty");
        if (request.Seed is not null) loss.Add("seed");
    }

    private static void WriteStop(IReadOnlyList<string> stop, Utf8JsonWriter json, LossReport loss)
    {
        var usable = stop.Where(text => !string.IsNullOrWhiteSpace(text)).ToList();
        if (usable.Count < stop.Count) loss.Add("stop"); // The API refuses white space as a stop sequence.
        if (usable.Count == 0) return;
        json.WriteStartArray("stop_sequences");
        foreach (var text in usable) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteOutput(LlmRequest request, string? effort, bool native, Utf8JsonWriter json)
    {
        if (effort is null && !native) return;
        json.WriteStartObject("output_config");
        if (effort is not null) json.WriteString("effort", effort);
        if (native)
        {
            json.WriteStartObject("format");
            json.WriteString("type", "json_schema");
            json.WritePropertyName("schema");
            json.WriteVerbatim(request.OutputFormat!.Schema!.Value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteUser(LlmRequest request, Utf8JsonWriter json, LossReport loss)
    {
        if (request is { Source: Dialect.AnthropicMessages, Metadata: { } metadata })
        {
            json.WritePropertyName("metadata");
            json.WriteVerbatim(metadata);
            return;
        }

        if (request.Metadata is { } other && other.EnumerateObject().Any()) loss.Add("metadata");
        if (request.User is not { } user) return;
        json.WriteStartObject("metadata");
        json.WriteString("user_id", user);
        json.WriteEndObject();
    }
}
