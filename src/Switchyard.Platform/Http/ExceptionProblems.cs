using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Switchyard.Platform.Http;

/// <summary>Says in a problem what an exception means to the caller; never its stack, SQL or path.</summary>
public static partial class ExceptionProblems
{
    /// <summary>The problem for <paramref name="error"/>; <c>internal_error</c> for what is our fault.</summary>
    public static Problem Of(Exception error) => error switch
    {
        BadHttpRequestException { InnerException: JsonException json } => FromJson(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Problem("body_too_large", 413),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new Problem("json_expected", 415),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new Problem("body_too_slow", 408),
        // The server's own: what the body should be (length, chunks) and what came do not agree.
        BadHttpRequestException broken when broken.GetType() != typeof(BadHttpRequestException) => new Problem("body_broken", broken.StatusCode),
        BadHttpRequestException bad => FromBinding(bad),
        JsonException json => FromJson(json),
        _ when IsDatabaseAway(error) => CommonProblems.DatabaseAway,
        _ => new Problem("internal_error", 500),
    };

    /// <summary>True when the database refused or lost the connection, as opposed to refusing a statement.</summary>
    public static bool IsDatabaseAway(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections } => true,
        PostgresException => false,
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is SocketException or IOException or TimeoutException,
        _ => false,
    };

    private static Problem FromJson(JsonException error)
    {
        var path = error.Path is null or "$" ? null : error.Path.StartsWith("$.", StringComparison.Ordinal) ? error.Path[2..] : error.Path;
        if (Unmapped().Match(error.Message) is { Success: true } unknown)
        {
            return new Problem("unknown_field", 400, unknown.Groups[1].Value);
        }

        if (error.Message.Contains("uplicate", StringComparison.Ordinal)) return new Problem("duplicate_field", 400, path);
        if (Missing().Match(error.Message) is { Success: true } missing)
        {
            return CommonProblems.Required(missing.Groups[1].Value);
        }

        return error.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? new Problem("wrong_type", 400, path)
            : new Problem("invalid_json", 400, path).With("line", error.LineNumber + 1).With("column", error.BytePositionInLine + 1);
    }

    private static Problem FromBinding(BadHttpRequestException bad)
    {
        var name = Parameter().Match(bad.Message) is { Success: true } match ? match.Groups[1].Value : null;
        return bad.StatusCode == StatusCodes.Status400BadRequest && name is not null
            ? new Problem("wrong_type", 400, name)
            : new Problem("bad_request", bad.StatusCode);
    }

    [GeneratedRegex("The JSON property '([^']{1,200})' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("missing required properties[^']*'([^']{1,200})'")]
    private static partial Regex Missing();

    [GeneratedRegex("parameter \"[^ \"]{1,80} ([^\"]{1,80})\"")]
    private static partial Regex Parameter();
}
