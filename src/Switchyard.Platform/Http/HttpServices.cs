using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Http.Idempotency;

namespace Switchyard.Platform.Http;

/// <summary>What every route shares: strict JSON, problem documents, security headers.</summary>
public static class HttpServices
{
    /// <summary>Registers the shared services.</summary>
    public static IHostApplicationBuilder AddHttp(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<JsonOptions>(json => JsonRules.Apply(json.SerializerOptions));
        // Binding failures must reach ProblemMiddleware as exceptions, in production too.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddSingleton<IdempotencyStore>();
        return builder;
    }

    /// <summary>Adds the outermost middleware; call before authentication.</summary>
    public static IApplicationBuilder UseHttp(this IApplicationBuilder app) =>
        app.UseMiddleware<SecurityHeaders>().UseMiddleware<ProblemMiddleware>();

    /// <summary>Executes writes with an <c>Idempotency-Key</c> once; call after authentication.</summary>
    public static IApplicationBuilder UseIdempotency(this IApplicationBuilder app) => app.UseMiddleware<IdempotencyMiddleware>();
}
