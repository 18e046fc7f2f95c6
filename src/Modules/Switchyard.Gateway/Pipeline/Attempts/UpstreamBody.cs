using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Pipeline.Attempts;

/// <summary>Makes the body for one target: the client's bytes with single fields changed, or a translation.</summary>
internal static class UpstreamBody
{
    /// <summary>The body; refused when the client is strict and a translation would lose something.</summary>
    public static Result<PatchedBody> For(GatewayCall call, Provider provider, string model)
    {
        if (call.Operation == UpstreamOperation.Embeddings)
            return BodyPatch.Apply(call.Request, new BodyChanges { Model = model });

        var target = provider.Kind.Dialect;
        if (target == call.Dialect) return BodyPatch.Apply(call.Request, Changes(call.Request, provider, model, target));
        try
        {
            return Translate(call, provider, model, target);
        }
        catch (WireFormatException refused)
        {
            return WireProblems.Of(refused); // Passed through, the vendor would have refused it; here we must read it.
        }
    }

    private static Result<PatchedBody> Translate(GatewayCall call, Provider provider, string model, Dialect target)
    {
        var parsed = DialectCodecs.For(call.Dialect).ReadRequest(call.Request.Body);
        var output = new System.Buffers.ArrayBufferWriter<byte>(call.Request.Body.Length + 512);
        call.Loss = new LossReport();
        var options = new RequestOptions(model) { NativeSchema = provider.Kind.Capabilities.JsonSchema };
        DialectCodecs.For(target).WriteRequest(parsed, options, output, call.Loss);
        if (call.Strict && call.Loss.Items.Count > 0)
            return new Problem("translation_loss", 400, call.Loss.Items[0]).With("features", string.Join(", ", call.Loss.Items)).With("provider", provider.Name);

        if (target == Dialect.OllamaChat) return new PatchedBody([output.WrittenMemory]);
        var shape = target == Dialect.AnthropicMessages ? RequestShape.Messages : RequestShape.ChatCompletions;
        var written = RequestEnvelope.Read(output.WrittenMemory, shape);
        return BodyPatch.Apply(written, Changes(written, provider, model, target));
    }

    private static BodyChanges Changes(RequestEnvelope request, Provider provider, string model, Dialect target) => new()
    {
        Model = model,
        IncludeUsage = request.Stream && target == Dialect.OpenAiChat,
        OutputCapField = request.MaxOutputTokens is null ? null : provider.Kind.OutputCapField(provider, model),
        Set = provider.Kind.FieldsToSet(model, request.Stream),
    };
}
