using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Switchyard.Gateway.Upstream;
using Switchyard.Platform.Access.Credentials;

namespace Switchyard.Gateway.Pipeline;

/// <summary>An answer over HTTP.</summary>
internal sealed class HttpReply(HttpResponse response) : ReplySink
{
    public override PipeWriter Body => response.BodyWriter;

    public override bool AccessTaken => response.HttpContext.Features.Get<Principal>()?.Use.WasCut(response.HttpContext) ?? false;

    protected override void WriteHead(GatewayCall call, int status, string contentType, long? length)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = length;
        var headers = response.Headers;
        ReplyHeaders.WriteRequestId(headers, call.Dialect, call.RequestId);
        if (length is null)
        {
            headers.CacheControl = "no-cache";
            // Proxies in front would otherwise collect a stream before passing it on.
            headers["x-accel-buffering"] = "no";
        }

        if (call.Provider is { } provider) headers["x-switchyard-provider"] = HeaderValues.Encode(provider.Name);
        if (call.Model is { } model) headers["x-switchyard-model"] = HeaderValues.Encode(model);
        if (call.Plan is { } plan) headers["x-switchyard-route"] = HeaderValues.Encode(plan.Route);
        headers["x-switchyard-attempts"] = call.Tries == 1 ? "1" : call.Tries.ToString(CultureInfo.InvariantCulture);
        if (call.CostSoFar is { } cost) headers["x-switchyard-cost"] = cost.Amount.ToString("0.##########", CultureInfo.InvariantCulture);
        if (call.Loss is { Items.Count: > 0 } loss) headers["x-switchyard-loss"] = HeaderValues.Encode(string.Join(", ", loss.Items));
        ReplyHeaders.WriteRetryAfter(headers, call.Problem);
    }
}
