using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using Switchyard.Contracts.Events;
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
            options.CreateSchemaReferenceId = type => NameOf(type);
            options.AddOperationTransformer<AccessTransformer>();
            options.AddDocumentTransformer(async (document, context, cancel) =>
            {
                // No route answers with an event's payload, but every reader of the stream needs its shape.
                foreach (var type in typeof(IEvent).Assembly.GetExportedTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IEvent))).OrderBy(t => t.Name, StringComparer.Ordinal))
                    document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancel));
            });
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

    // A request or response inside its endpoint group is called by both: two groups may each have a 'Response'.
    private static string? NameOf(JsonTypeInfo type)
    {
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        var isPlain = name is not null && (name.EndsWith("Request", StringComparison.Ordinal) || name.EndsWith("Response", StringComparison.Ordinal));
        var group = type.Type.DeclaringType?.Name;
        return isPlain && group?.EndsWith("Endpoints", StringComparison.Ordinal) == true ? group[..^"Endpoints".Length] + name : name;
    }

    /// <summary>Maps <c>GET /openapi/v1.json</c> for anyone.</summary>
    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnyone().WithSummary("Every route with its schema, its refusals and the access it needs");
}
