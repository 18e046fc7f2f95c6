namespace Switchyard.Platform.Http;

/// <summary>One page of a list that is read by keyset: no row is skipped or doubled while others are added.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">Give this as <c>cursor</c> for the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>What every list understands.</summary>
public static class Paging
{
    /// <summary>Rows a page holds where the caller does not say.</summary>
    public const int Usual = 100;

    /// <summary>Most rows a page can hold.</summary>
    public const int Most = 1000;

    /// <summary>A page from one row more than it holds: the extra one says that there is a next page.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> oneMore, int limit, Func<T, string> cursor) =>
        oneMore.Count <= limit ? new Page<T>(oneMore, null) : new Page<T>([.. oneMore.Take(limit)], cursor(oneMore[limit - 1]));

    /// <summary>Reads <c>limit</c>: the usual where absent, a problem outside 1 to 1,000.</summary>
    public static Result<int> Limit(int? limit) =>
        limit is null ? Usual : limit is < 1 or > Most ? CommonProblems.OutOfRange("limit", 1, Most) : limit.Value;
}
