using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;

namespace Switchyard.Server.Tests.Running;

/// <summary>One method of one route of the running application.</summary>
/// <param name="Path">Pattern without constraints, for example <c>/api/jobs/{id}</c>.</param>
/// <param name="Needed">What it demands; null when it declares nothing.</param>
/// <param name="Handler">The type that holds the handler; null when it cannot be told.</param>
public sealed partial record MappedEndpoint(string Method, string Path, Grants? Needed, Type? Handler, RouteEndpoint Route)
{
    public static IEnumerable<MappedEndpoint> Of(RouteEndpoint route)
    {
        var path = Constraint().Replace("/" + route.RoutePattern.RawText?.Trim('/'), "}")
            .Replace("{documentName}", "v1", StringComparison.Ordinal);
        var handler = route.Metadata.GetMetadata<MethodInfo>()?.DeclaringType;
        // A lambda lives in a nested type that the compiler made.
        while (handler is { IsNested: true } && handler.Name.StartsWith('<')) handler = handler.DeclaringType;
        foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            yield return new MappedEndpoint(method, path, route.Metadata.GetMetadata<AccessRequirement>()?.Needed, handler, route);
    }

    /// <summary>The path with every parameter filled by something that does not exist.</summary>
    public string Filled => Parameter().Replace(Path, p =>
        p.Value.Contains("id", StringComparison.OrdinalIgnoreCase) ? "0190aaaa-0000-7000-8000-000000000abc" : "no-such-thing");

    /// <summary>What it does, in one line.</summary>
    public string Summary => Route.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary.TrimEnd('.') ?? "";

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}";

    [GeneratedRegex(@"(:[^}/]*|\?)\}")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
