using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Switchyard.Platform.Access;

namespace Switchyard.Platform.Http.OpenApi;

/// <summary>Writes into each operation who may call it (<c>x-switchyard-access</c>), how, and how it refuses.</summary>
internal sealed class AccessTransformer : IOpenApiOperationTransformer
{
    private const string ProblemType = "application/problem+json";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var requirement = context.Description.ActionDescriptor.EndpointMetadata.OfType<AccessRequirement>().LastOrDefault();
        var access = requirement is null or { Needed: Grants.None } ? "anyone" : $"{requirement.Needed}".ToLowerInvariant();
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions["x-switchyard-access"] = new JsonNodeExtension(access);
        operation.Responses ??= [];

        if (access == "anyone")
        {
            operation.Security = [];
        }
        else
        {
            operation.Security =
            [
                Requires("bearer", context.Document!), Requires("apiKey", context.Document!), Requires("session", context.Document!),
            ];
            await RefuseAsync(operation, context, "401", "No valid credential was presented.", cancellationToken);
            await RefuseAsync(operation, context, "403", $"The caller lacks the access '{access}'.", cancellationToken);
        }

        if (operation.RequestBody is not null || operation.Parameters is { Count: > 0 })
        {
            await RefuseAsync(operation, context, "400", "A field, parameter or the body is not valid; the problem names it.", cancellationToken);
        }

        if (context.Description.RelativePath?.Contains('{', StringComparison.Ordinal) == true)
        {
            await RefuseAsync(operation, context, "404", "There is no such entry, or it belongs to another tenant.", cancellationToken);
        }
    }

    private static OpenApiSecurityRequirement Requires(string scheme, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    // What an endpoint declared itself stands, but every problem has our one shape, not the framework's bare one.
    private static async Task RefuseAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, string status, string description, CancellationToken cancel)
    {
        if (!operation.Responses!.ContainsKey(status)) operation.Responses[status] = new OpenApiResponse { Description = description, Content = Problem() };
        await ShapeAsync(operation, context, cancel);
    }

    private static async Task ShapeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemDocument), cancellationToken: cancel);
        context.Document!.AddComponent("ProblemDocument", schema);
        foreach (var response in operation.Responses!.Values)
        {
            if (response.Content?.TryGetValue(ProblemType, out var content) == true && content is OpenApiMediaType media)
            {
                media.Schema = new OpenApiSchemaReference("ProblemDocument", context.Document);
            }
        }
    }

    private static Dictionary<string, OpenApiMediaType> Problem() => new() { [ProblemType] = new OpenApiMediaType() };
}
