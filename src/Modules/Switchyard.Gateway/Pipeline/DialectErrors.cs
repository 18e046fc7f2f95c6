using System.Buffers;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Pipeline;

/// <summary>Says a problem in the client's dialect and language.</summary>
public sealed class DialectErrors(Messages messages)
{
    /// <summary>Writes the whole body of an error answer.</summary>
    /// <param name="vendor">The vendor's words; clients know their codes, so they go before ours.</param>
    public void WriteBody(Dialect dialect, Problem problem, string language, string requestId, IBufferWriter<byte> output, UpstreamError? vendor = null)
    {
        var error = Of(dialect, problem, language, requestId);
        if (vendor is not null) error = error with { Message = vendor.Message, Code = vendor.Code ?? error.Code };
        ErrorWriter.WriteBody(dialect, error, output);
    }

    /// <summary>Writes the event that ends a broken stream.</summary>
    public void WriteEvent(Dialect dialect, Problem problem, string language, string requestId, IBufferWriter<byte> output) =>
        ErrorWriter.WriteStreamEvent(dialect, Of(dialect, problem, language, requestId), output);

    private WireError Of(Dialect dialect, Problem problem, string language, string requestId)
    {
        var detail = ProblemText.Detail(messages, language, problem);
        var text = ProblemText.Cure(messages, language, problem) is { } cure ? $"{detail} {cure}" : detail;
        return new WireError(problem.Status, ErrorTypes.Code(dialect, problem.Code), text, problem.Field, requestId) { Extensions = problem.Extensions.ToDictionary(e => e.Key, e => e.Value is AttemptView[] attempts ? attempts.Select(a => a.In(messages, language)).ToArray() : e.Value) };
    }
}
