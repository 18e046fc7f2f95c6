using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Switchyard.Platform.Access;
using Switchyard.Platform.Secrets;

namespace Switchyard.Platform.Http.Idempotency;

/// <summary>
/// Writes on <c>/api</c> and <c>/admin</c> that carry an <c>Idempotency-Key</c> are executed once: the same key and
/// body replays the stored answer for 24 hours, another body is 422, a request still in flight is 409.
/// </summary>
public sealed class IdempotencyMiddleware(RequestDelegate next, IdempotencyStore store, SecretBox box, TimeProvider time)
{
    /// <summary>Largest request body and answer that take part.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const string Header = "Idempotency-Key";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!Applies(http))
        {
            await next(http);
            return;
        }

        var key = http.Request.Headers[Header].ToString();
        if (key.Length > 255 || key.Any(c => c is < '!' or > '~'))
        {
            await RefuseAsync(http, new Problem("idempotency_key_invalid", 400, Header));
            return;
        }

        var caller = http.Caller();
        var fingerprint = await FingerprintAsync(http);
        if (await store.ClaimAsync(caller, key, fingerprint, http.RequestAborted) is { } id) await RunAsync(http, caller, id);
        else await RepeatAsync(http, caller, key, fingerprint);
    }

    private static bool Applies(HttpContext http) =>
        http.Request.Headers.ContainsKey(Header)
        && (HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsPut(http.Request.Method)
            || HttpMethods.IsPatch(http.Request.Method) || HttpMethods.IsDelete(http.Request.Method))
        && (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || http.Request.Path.StartsWithSegments("/admin", StringComparison.Ordinal))
        && http.Caller().Kind != CallerKind.Anonymous;

    private async Task RunAsync(HttpContext http, Caller caller, Guid id)
    {
        var request = new IdempotentRequest(id);
        var body = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        IdempotentRequest.Current = request;
        try
        {
            await next(http);
        }
        catch
        {
            // What was committed stays marked; what was not may be tried again at once.
            if (!request.Committed) await store.ReleaseAsync(id, CancellationToken.None);
            throw;
        }
        finally
        {
            IdempotentRequest.Current = null;
            http.Response.Body = body;
        }

        if (http.Response.StatusCode >= 500 && !request.Committed) await store.ReleaseAsync(id, CancellationToken.None);
        else await KeepAsync(http, caller, id, answer);
        answer.Position = 0;
        await answer.CopyToAsync(body, http.RequestAborted);
    }

    // Not cancelled with the client: the answer must be there for its next try.
    private Task KeepAsync(HttpContext http, Caller caller, Guid id, MemoryStream answer)
    {
        var headers = http.Response.Headers;
        var text = answer.Length is 0 or > MaxBytes ? null : Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
        return store.AnswerAsync(
            id,
            new StoredAnswer(
                http.Response.StatusCode,
                http.Response.ContentType,
                headers.Location.Count > 0 ? headers.Location.ToString() : null,
                headers.ETag.Count > 0 ? headers.ETag.ToString() : null,
                text is null ? null : box.Seal(text, Scope(caller, id))),
            CancellationToken.None);
    }

    private async Task RepeatAsync(HttpContext http, Caller caller, string key, byte[] fingerprint)
    {
        var row = await store.FindAsync(caller, key, http.RequestAborted);
        if (row is null || (row.State == "in-flight" && row.LeaseUntil >= time.GetUtcNow()))
        {
            await RefuseAsync(http, new Problem("idempotency_in_flight", 409, Header) { RetryAfter = TimeSpan.FromSeconds(1) });
        }
        else if (!row.Fingerprint.AsSpan().SequenceEqual(fingerprint))
        {
            await RefuseAsync(http, new Problem("idempotency_key_reused", 422, Header));
        }
        else if (row.State != "answered" || row.Status is null)
        {
            await RefuseAsync(http, new Problem("idempotency_answer_lost", 409, Header));
        }
        else
        {
            await ReplayAsync(http, caller, row);
        }
    }

    private async Task ReplayAsync(HttpContext http, Caller caller, IdempotencyRow row)
    {
        http.Response.StatusCode = row.Status!.Value;
        http.Response.Headers["Idempotent-Replayed"] = "true";
        if (row.ContentType is not null) http.Response.ContentType = row.ContentType;
        if (row.Location is not null) http.Response.Headers.Location = row.Location;
        if (row.ETag is not null) http.Response.Headers.ETag = row.ETag;
        if (row.Answer is not null) await http.Response.WriteAsync(box.Open(row.Answer, Scope(caller, row.Id)), http.RequestAborted);
    }

    private static async Task<byte[]> FingerprintAsync(HttpContext http)
    {
        http.Request.EnableBuffering(64 * 1024);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0) hash.AppendData(buffer, 0, read);
        http.Request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    private static SecretScope Scope(Caller caller, Guid id) => new(caller.TenantId, "platform.idempotency", id, 0);

    private static Task RefuseAsync(HttpContext http, Problem problem) => ProblemResults.Of(http, problem).ExecuteAsync(http);
}
