using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;

namespace Switchyard.Platform.Operations;

/// <summary>What loading the sample data did.</summary>
/// <param name="Added">Number of things added, by what they are; zero where they were there already.</param>
public sealed record DemoLoaded(IReadOnlyDictionary<string, int> Added);

/// <summary>The sample data of <c>--demo</c>, for whoever decides it in the console.</summary>
internal static class DemoEndpoints
{
    public static void MapDemo(this IEndpointRouteBuilder routes) => routes.MapPost("/api/system/demo", LoadAsync)
        .RequireAccess(Grants.Admin)
        .WithName("loadDemoData")
        .WithTags("platform")
        .WithSummary("Loads the sample data of every module; a second call adds nothing")
        .Produces<DemoLoaded>();

    private static async Task<Ok<DemoLoaded>> LoadAsync(IEnumerable<IDemoData> all, CancellationToken cancel)
    {
        var added = new Dictionary<string, int>();
        foreach (var data in all) added[data.Name] = await data.LoadAsync(cancel);
        return TypedResults.Ok(new DemoLoaded(added));
    }
}
