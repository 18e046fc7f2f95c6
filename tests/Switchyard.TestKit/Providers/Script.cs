using System.Globalization;
using System.Text.RegularExpressions;

namespace Switchyard.TestKit.Providers;

/// <summary>
/// What a mock provider does with a call, read from the model name. Words may be joined by <c>+</c>:
/// <c>tokens-100-20+ttft-300ms</c>. An unknown name answers as <c>ok</c>, so that real model names work too.
/// </summary>
public sealed partial record Script
{
    /// <summary>One line per word, for people and for <c>GET /mock/scripts</c>.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["ok"] = "a short answer",
        ["echo"] = "the last user message",
        ["unicode"] = "an answer full of characters of two to four bytes",
        ["tokens-IN-OUT"] = "an answer of OUT pieces, billed as IN input tokens",
        ["cached-READ-WRITE"] = "input tokens read from and written to the vendor's cache",
        ["reasoning-N"] = "N reasoning tokens and visible thinking before the answer",
        ["tools"] = "calls the first tool offered; answers in words once it has a result",
        ["parallel-tools"] = "calls two tools at once",
        ["json"] = "a JSON object, after the asked-for schema where there is one",
        ["length"] = "stops because the limit of tokens was reached",
        ["finish-WORD"] = "stops with the vendor's own finish reason",
        ["filter"] = "stops because of a content filter (a refusal)",
        ["slow-500ms"] = "waits before the status line",
        ["ttft-500ms"] = "sends headers at once, waits before the first piece",
        ["pace-20ms"] = "waits between pieces",
        ["silent"] = "accepts the call and never answers",
        ["NNN"] = "answers with that error status, for example 401, 429, 500, 503, 529",
        ["429-retry-after-2"] = "an error status with Retry-After in seconds",
        ["429-retry-date-2"] = "an error status with Retry-After as a date that many seconds away",
        ["429-reset-2"] = "an error status with the vendor's own rate-limit reset headers",
        ["flaky-2"] = "the first two calls of this model name get 503, later ones an answer",
        ["cut-after-3"] = "closes the connection (FIN) after three pieces",
        ["rst-after-2"] = "resets the connection after two pieces",
        ["stall-after-2"] = "falls silent after two pieces, with the connection open",
        ["error-after-3"] = "sends the dialect's error event after three pieces",
        ["error-in-200"] = "an error body under status 200",
        ["no-done"] = "ends a stream without [DONE], message_stop or done:true",
        ["malformed-sse"] = "an event whose data is no JSON in mid-stream",
        ["split-utf8"] = "flushes in the middle of characters",
        ["crlf"] = "ends lines with CR LF",
        ["comments"] = "puts comments between events",
        ["multi-line"] = "spreads each event's JSON over several data lines",
        ["huge-line"] = "one event of 10 MB",
        ["html-200"] = "a web page under status 200",
        ["empty"] = "status 200 and no body",
        ["gzip-damaged"] = "a body that says it is gzip and is not",
        ["absurd-usage"] = "negative and gigantic token counts",
        ["no-usage"] = "leaves the usage out",
        ["pings"] = "comments as signs of life in place of a first piece, without end",
        ["quote"] = "error messages quote the request's body",
        ["redirect"] = "302 to another path of this server, which is billed if it is followed",
        ["extra"] = "unknown members in the answer, which a pass-through must keep",
    };

    public string Name { get; private init; } = "ok";
    public MockUsage? Usage { get; private init; }
    public int? Pieces { get; private init; }
    public TimeSpan BeforeStatus { get; private init; }
    public TimeSpan BeforeFirstPiece { get; private init; }
    public TimeSpan BetweenPieces { get; private init; }
    public int ErrorStatus { get; private init; }
    public string? RetryForm { get; private init; }
    public int RetrySeconds { get; private init; }
    public int FlakyCalls { get; private init; }

    /// <summary><c>cut</c>, <c>rst</c>, <c>stall</c> or <c>error</c>, after <see cref="FaultAfter"/> pieces.</summary>
    public string? Fault { get; private init; }
    public int FaultAfter { get; private init; }

    /// <summary>The finish reason in place of the dialect's own; OpenAI's dialect only.</summary>
    public string? Finish { get; private init; }

    private HashSet<string> Flags { get; init; } = [];

    /// <summary>Whether a word without numbers was named.</summary>
    public bool Has(string flag) => Flags.Contains(flag);

    /// <summary>Reads a model name; a vendor's prefix such as <c>mock/</c> is ignored.</summary>
    public static Script Parse(string model)
    {
        var script = new Script { Name = model };
        var flags = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in model[(model.LastIndexOf('/') + 1)..].Split('+'))
        {
            if (NumberedWord().Match(word) is { Success: true } match) script = script.With(match);
            else if (ErrorWord().IsMatch(word)) script = script with { ErrorStatus = int.Parse(word, CultureInfo.InvariantCulture) };
            else if (word.StartsWith("finish-", StringComparison.Ordinal)) script = script with { Finish = word["finish-".Length..] };
            else flags.Add(word);
        }

        return script with { Flags = flags };
    }

    private Script With(Match match)
    {
        var (first, second) = (Number(match.Groups["a"]), Number(match.Groups["b"]));
        var time = TimeSpan.FromMilliseconds(match.Groups["unit"].Value == "s" ? first * 1000 : first);
        var usage = Usage ?? new MockUsage(12, -1);
        return match.Groups["word"].Value switch
        {
            "tokens" => this with { Usage = usage with { Input = first, Output = second }, Pieces = second },
            "cached" => this with { Usage = usage with { CachedRead = first, CacheWrite = second } },
            "reasoning" => this with { Usage = usage with { Reasoning = first } },
            "slow" => this with { BeforeStatus = time },
            "ttft" => this with { BeforeFirstPiece = time },
            "pace" => this with { BetweenPieces = time },
            "flaky" => this with { FlakyCalls = first },
            var fault when fault.EndsWith("-after", StringComparison.Ordinal) && !char.IsAsciiDigit(fault[0]) =>
                this with { Fault = fault[..^"-after".Length], FaultAfter = first },
            var status => this with
            {
                ErrorStatus = int.Parse(status[..3], CultureInfo.InvariantCulture), RetryForm = status[4..], RetrySeconds = first,
            },
        };
    }

    private static int Number(Group group) =>
        group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<word>tokens|cached|reasoning|slow|ttft|pace|flaky|(cut|rst|stall|error)-after|[45]\d\d-(retry-after|retry-date|reset))-(?<a>\d{1,9})(-(?<b>\d{1,9}))?(?<unit>ms|s)?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NumberedWord();

    [GeneratedRegex("^[45][0-9][0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex ErrorWord();
}
