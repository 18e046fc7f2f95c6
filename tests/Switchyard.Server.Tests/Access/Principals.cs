using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Switchyard.Platform.Access;
using Switchyard.Server.Tests.Running;

namespace Switchyard.Server.Tests.Access;

/// <summary>A way to present a credential.</summary>
public enum Carrier
{
    Bearer,
    ApiKeyHeader,
    Cookie,
    Query,
}

/// <summary>Somebody who calls, with a secret.</summary>
/// <param name="Grants">What it may do where its credential is honoured.</param>
/// <param name="Honoured">The carriers by which its secret counts; by all others it must not.</param>
public sealed record TestPrincipal(string Name, string? Secret, Grants Grants, IReadOnlyList<Carrier> Honoured)
{
    public override string ToString() => Name;
}

/// <summary>Makes one principal of every kind: every role, every scope, and those whose time is over.</summary>
internal sealed class Principals(RunningNode node)
{
    private const string Password = "correct horse battery staple 42";

    public async Task<IReadOnlyList<TestPrincipal>> CreateAsync()
    {
        var all = new List<TestPrincipal>
        {
            new("anonymous", null, Grants.None, []),
            new("admin token", RunningNode.AdminToken, GrantSets.Of("admin"), [Carrier.Bearer]),
            new("a made-up key", "sy-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Grants.None, []),
        };
        foreach (var scope in GrantSets.Scopes)
            all.Add(new TestPrincipal($"key with {scope}", (await CreateKeyAsync(scope)).Secret, GrantSets.Of(scope), [Carrier.Bearer, Carrier.ApiKeyHeader]));
        foreach (var role in GrantSets.Roles)
            all.Add(new TestPrincipal($"session of {role}", await SignInAsync(role), GrantSets.Of(role), [Carrier.Cookie]));
        all.Add(new TestPrincipal("expired key", await ExpiredKeyAsync(), Grants.None, []));
        all.Add(new TestPrincipal("revoked key", await RevokedKeyAsync(), Grants.None, []));
        all.Add(new TestPrincipal("ended session", await EndedSessionAsync(), Grants.None, []));
        return all;
    }

    /// <summary>Creates a user with one role, signs in, and returns the session's token.</summary>
    public async Task<string> SignInAsync(string role)
    {
        var name = $"{role}-{Guid.CreateVersion7():N}";
        await node.AsAdminAsync(HttpMethod.Post, "/api/admin/users", new { name, roles = new[] { role }, password = Password });
        using var http = node.Client();
        using var response = await http.PostAsJsonAsync("/api/session", new { name, password = Password });
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        var cookie = response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("switchyard_session=", StringComparison.Ordinal));
        return cookie["switchyard_session=".Length..cookie.IndexOf(';', StringComparison.Ordinal)];
    }

    /// <summary>Creates a key and returns its id and secret.</summary>
    public async Task<(Guid Id, string Secret)> CreateKeyAsync(string scope)
    {
        var key = await node.AsAdminAsync(HttpMethod.Post, "/api/admin/keys", new { name = $"key {scope}", scopes = new[] { scope } });
        return (key.GetProperty("id").GetGuid(), key.GetProperty("secret").GetString()!);
    }

    private async Task<string> RevokedKeyAsync()
    {
        var (id, secret) = await CreateKeyAsync("admin");
        await node.AsAdminAsync(HttpMethod.Delete, $"/api/admin/keys/{id}");
        await GoneAsync(secret, Carrier.Bearer);
        return secret;
    }

    private async Task<string> ExpiredKeyAsync()
    {
        var (id, secret) = await CreateKeyAsync("admin");
        // Time itself is not turned: the row is, and a touch makes every node read it again.
        await using (var command = node.Source.CreateCommand("update platform.api_keys set expires_at = now() - interval '1 minute' where id = $1"))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = id });
            (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        await node.AsAdminAsync(HttpMethod.Patch, $"/api/admin/keys/{id}", new { name = "expired" });
        await GoneAsync(secret, Carrier.Bearer);
        return secret;
    }

    private async Task<string> EndedSessionAsync()
    {
        var token = await SignInAsync("admin");
        using var http = node.Client();
        using var request = Requests.Build(HttpMethod.Delete, "/api/session", token, Carrier.Cookie, node.Address);
        (await http.SendAsync(request)).IsSuccessStatusCode.ShouldBeTrue();
        await GoneAsync(token, Carrier.Cookie);
        return token;
    }

    private async Task GoneAsync(string secret, Carrier carrier)
    {
        using var http = node.Client();
        await Eventually.Pass(
            async () =>
            {
                using var request = Requests.Build(HttpMethod.Get, "/api/admin/keys", secret, carrier, node.Address);
                using var response = await http.SendAsync(request);
                ((int)response.StatusCode).ShouldBe(401);
            },
            TimeSpan.FromSeconds(2));
    }
}
