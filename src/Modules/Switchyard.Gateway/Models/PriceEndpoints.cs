using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Gateway.Configuration;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Models;

/// <summary>Prices: <c>/admin/config/prices</c>.</summary>
public static class PriceEndpoints
{
    private const int MaxLimit = 1000;

    /// <summary>Maps list and add.</summary>
    public static void MapPrices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/admin/config/prices").RequireAccess(Grants.Admin).WithTags("gateway");
        group.MapGet("", ListAsync).WithName("listPrices").WithSummary("Prices that hold now, per million tokens").Produces<PricePage>().ProducesProblem(400);
        group.MapPut("", AddAsync).WithName("setPrices").WithSummary("Adds price versions; nothing is overwritten")
            .Produces<PricePage>().ProducesProblem(400).ProducesProblem(409);
    }

    private static async Task<IResult> ListAsync(HttpContext http, PriceStore store, CancellationToken cancel, string? provider = null, string? cursor = null, int limit = 200)
    {
        if (limit is < 1 or > MaxLimit) return ProblemResults.Of(http, CommonProblems.Invalid([CommonProblems.OutOfRange("limit", 1, MaxLimit)]));
        if (After(cursor) is not { } after) return ProblemResults.Of(http, CommonProblems.Invalid([CommonProblems.Malformed("cursor", "nextCursor")]));
        var rows = await store.PageAsync(http.Caller().TenantId, provider, after, limit, cancel);
        var next = rows.Count == limit ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"{rows[^1].Provider}\n{rows[^1].Model}")) : null;
        return Results.Ok(new PricePage([.. rows.Select(PriceView.Of)], next));
    }

    private static async Task<IResult> AddAsync(PriceForms forms, HttpContext http, PriceEditor editor, SnapshotStore snapshots, CancellationToken cancel)
    {
        var added = await editor.AddAsync(http.Caller(), forms.Items, cancel);
        if (!added.Ok) return ProblemResults.Of(http, added.Problem);
        await snapshots.RefreshAsync(cancel);
        return Results.Ok(new PricePage([.. added.Value.Select(PriceView.Of)]));
    }

    private static (string Provider, string Model)? After(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return ("", "");
        var bytes = new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, bytes, out var length)) return null;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split('\n');
        return parts.Length == 2 && !parts[0].Contains('\0', StringComparison.Ordinal) && !parts[1].Contains('\0', StringComparison.Ordinal) ? (parts[0], parts[1]) : null;
    }
}

/// <summary>Prices to add.</summary>
public sealed record PriceForms(IReadOnlyList<PriceForm> Items);

/// <summary>A page of prices.</summary>
public sealed record PricePage(IReadOnlyList<PriceView> Items, string? NextCursor = null);

/// <summary>A price as the API shows it, per million tokens.</summary>
/// <param name="Scope"><c>list</c> for what ships with the product, <c>own</c> for this tenant's.</param>
public sealed record PriceView(
    Guid Id, string Provider, string Model, string Currency, decimal Input, decimal Output, decimal? CachedRead, decimal? CacheWrite,
    string Source, DateTimeOffset ValidFrom, string Scope)
{
    /// <summary>The view of a stored row.</summary>
    public static PriceView Of(PriceRow row) => new(
        row.Id, row.Provider, row.Model, row.Currency, Plain(row.Input), Plain(row.Output),
        row.CachedRead is { } read ? Plain(read) : null, row.CacheWrite is { } write ? Plain(write) : null,
        row.Source, row.ValidFrom, row.TenantId == PriceRow.Everyone ? "list" : "own");

    // The database gives back eight decimals of every price: dividing by a long one drops the zeros at the end.
    private static decimal Plain(decimal price) => price / 1.0000000000000000000000000000m;
}
