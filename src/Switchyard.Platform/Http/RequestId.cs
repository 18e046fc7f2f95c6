using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Platform.Http;

/// <summary>The id that ties an answer, its log lines and its records together.</summary>
public static class RequestId
{
    private static readonly SearchValues<char> Safe =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>The client's <c>x-request-id</c> when it is short and harmless, else one made now; the same for the whole request.</summary>
    public static string Of(HttpContext http)
    {
        if (http.Features.Get<Holder>() is { } held) return held.Value;
        var given = http.Request.Headers["x-request-id"].ToString();
        var time = http.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        var id = given.Length is > 0 and <= 100 && !given.AsSpan().ContainsAnyExcept(Safe)
            ? given
            : Guid.CreateVersion7(time.GetUtcNow()).ToString();
        http.Features.Set(new Holder(id));
        return id;
    }

    private sealed record Holder(string Value);
}
