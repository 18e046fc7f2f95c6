using System.Globalization;
using Microsoft.AspNetCore.Http;
using Switchyard.Gateway.Wire;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Pipeline;

/// <summary>Headers that answers and refusals share.</summary>
internal static class ReplyHeaders
{
    /// <summary>Our id of the request, under the name that the dialect's clients read.</summary>
    public static void WriteRequestId(IHeaderDictionary headers, Dialect dialect, string requestId)
    {
        headers["x-request-id"] = requestId;
        if (dialect == Dialect.AnthropicMessages) headers["request-id"] = requestId;
    }

    /// <summary>When to try again, in whole seconds, rounded up.</summary>
    public static void WriteRetryAfter(IHeaderDictionary headers, Problem? problem)
    {
        if (problem?.RetryAfter is { } wait) headers.RetryAfter = Math.Ceiling(Math.Max(0, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
