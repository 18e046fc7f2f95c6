using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Switchyard.Platform.Audit;

/// <summary>Streams audit rows as CSV or JSON Lines.</summary>
internal sealed class AuditExport(IAsyncEnumerable<AuditItem> rows, bool csv) : IResult
{
    private static readonly string[] Columns =
        ["id", "at", "actor", "actorKind", "action", "resource", "resourceId", "before", "after", "hash", "previousHash"];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = csv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";
        response.Headers.ContentDisposition = csv ? "attachment; filename=\"audit.csv\"" : "attachment; filename=\"audit.jsonl\"";
        var line = new StringBuilder();
        if (csv) await response.WriteAsync(string.Join(',', Columns) + "\r\n", httpContext.RequestAborted);
        await foreach (var row in rows.WithCancellation(httpContext.RequestAborted))
        {
            line.Clear();
            if (csv) AppendCsv(line, row);
            else line.Append(JsonSerializer.Serialize(row, AuditJson.Options)).Append('\n');
            await response.WriteAsync(line.ToString(), httpContext.RequestAborted);
        }
    }

    private static void AppendCsv(StringBuilder line, AuditItem row)
    {
        Cell(line, row.Id.ToString()).Append(',');
        Cell(line, row.At.ToString("O")).Append(',');
        Cell(line, row.Actor).Append(',');
        Cell(line, row.ActorKind).Append(',');
        Cell(line, row.Action).Append(',');
        Cell(line, row.Resource).Append(',');
        Cell(line, row.ResourceId).Append(',');
        Cell(line, row.Before?.GetRawText()).Append(',');
        Cell(line, row.After?.GetRawText()).Append(',');
        Cell(line, row.Hash).Append(',');
        Cell(line, row.PreviousHash).Append("\r\n");
    }

    // A spreadsheet takes a cell that begins like this for a formula and runs it.
    private static StringBuilder Cell(StringBuilder line, string? value)
    {
        if (string.IsNullOrEmpty(value)) return line;
        line.Append('"');
        if (value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠') line.Append('\'');
        return line.Append(value).Replace("\"", "\"\"", line.Length - value.Length, value.Length).Append('"');
    }
}
