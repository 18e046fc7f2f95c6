using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using Switchyard.Platform.Access;

namespace Switchyard.Platform.Http.OpenApi;

/// <summary>The OpenAPI document of every route (E212).</summary>
public static class OpenApiServices
{
    /// <summary>Registers the document <c>v1</c>.</summary>
    public static IHostApplicationBuilder AddOpenApiDocument(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOpenApi("v1", options =>
        {
            options.AddOperationTransformer<AccessTransformer>();
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Switchyard",
                    Version = "v1",
                    Description = "The LLM operations centre. 'x-switchyard-access' names what each operation demands of its caller.",
                    License = new OpenApiLicense { Name = "MIT" },
                };
                // The address differs per installation; clients resolve against where they loaded the document.
                document.Servers = [new OpenApiServer { Url = "/" }];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key (sy-…) or the admin token." },
                    ["apiKey"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "x-api-key", Description = "An API key, as Anthropic clients send it." },
                    ["session"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "switchyard_session", Description = "The console's session." },
                };
                return Task.CompletedTask;
            });
        });
        return builder;
    }

    /// <summary>Maps <c>GET /openapi/v1.json</c> for anyone.</summary>
    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnyone().WithSummary("Every route with its schema, its refusals and the access it needs");
}
