using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Switchyard.Platform.Localization;

/// <summary>Why something below failed, as far as we have words for it; else what the run time or the server said.</summary>
public static partial class Reason
{
    private const int DiskFull = 28;

    /// <summary>A <see cref="Phrase"/>, or the fault's own words: both fit into a placeholder.</summary>
    public static object Of(Exception fault) => fault switch
    {
        PhrasedException known => known.Phrase,
        SocketException socket => Network(socket),
        { InnerException: SocketException socket } => Network(socket),
        { InnerException: TimeoutException } or TimeoutException => new Phrase("reason.timeout"),
        FileNotFoundException or DirectoryNotFoundException => new Phrase("reason.missing"),
        UnauthorizedAccessException => new Phrase("reason.denied"),
        IOException when (fault.HResult & 0xffff) == DiskFull => new Phrase("reason.full"),
        { InnerException: { } inner } when fault is Npgsql.NpgsqlException and not Npgsql.PostgresException => Of(inner),
        Npgsql.PostgresException refused => $"{refused.MessageText} [{refused.SqlState}]",
        _ => fault.Message,
    };

    /// <summary>The same with the path that the run time names.</summary>
    public static object At(Exception fault) =>
        Of(fault) is Phrase reason && Quoted().Match(fault.Message) is { Success: true } path ? new Phrase("reason.at", ("path", path.Value), ("reason", reason)) : Of(fault);

    [GeneratedRegex("'[^']+'")]
    private static partial Regex Quoted();

    private static object Network(SocketException fault) => fault.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new Phrase("reason.refused"),
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => new Phrase("reason.name"),
        SocketError.TimedOut => new Phrase("reason.timeout"),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => new Phrase("reason.unreachable"),
        SocketError.AccessDenied => new Phrase("reason.denied"),
        _ => fault.Message,
    };
}
