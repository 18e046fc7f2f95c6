using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Configuration;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Tests.Configuration;

public sealed class ProviderPropertyTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private const string Path = "/admin/config/llm";

    // As a client writes it: what is left out is not there.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private GatewayHost _host = null!;

    // No probes: the addresses are invented.
    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync(
        database.ConnectionString, settings: new Dictionary<string, string?> { ["llm:enabled"] = "false" });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void P02_a_missing_or_mangled_field_is_refused_by_name_and_nothing_is_stored() =>
        Invariant.Holds(ProviderForms.Spoiled, async spoiled =>
        {
            var before = await CountsAsync();
            var (status, problem) = await PostAsync(spoiled.Form);

            status.ShouldBe(400, problem.GetRawText());
            var fields = problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).ToArray();
            fields.ShouldContain(spoiled.Field);
            problem.GetProperty("errors").EnumerateArray().ShouldAllBe(error => error.GetProperty("cure").GetString()!.Length > 0);
            (await CountsAsync()).ShouldBe(before);
        }, cases: 200);

    [Fact]
    public void P02_any_valid_configuration_is_accepted() =>
        Invariant.Holds(ProviderForms.Valid, async form =>
        {
            var (status, created) = await PostAsync(form);
            status.ShouldBe(201, created.GetRawText());
        }, cases: 100);

    [Fact]
    public void P03_every_stored_provider_has_its_whole_metadata() =>
        Invariant.Holds(ProviderForms.Valid, async form =>
        {
            var (_, created) = await PostAsync(form);
            var (_, list) = await _host.SendAsync(HttpMethod.Get, "/api/v1/llm/providers");
            var item = list!.Value.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("id").GetGuid() == created.GetProperty("id").GetGuid());

            item.GetProperty("name").GetString().ShouldBe(form.Name);
            item.GetProperty("kind").GetString().ShouldBe(form.Kind);
            item.GetProperty("mode").GetString().ShouldBeOneOf("cloud", "local");
            Uri.IsWellFormedUriString(item.GetProperty("endpoint").GetString(), UriKind.Absolute).ShouldBeTrue();
            item.GetProperty("models").EnumerateArray().Select(m => m.GetString()).ShouldBe(form.Models);
            item.GetProperty("status").GetString().ShouldBe(form.Enabled == false ? "disabled" : "ready");
            item.GetProperty("capabilities").GetProperty("chat").GetBoolean().ShouldBeTrue();
            item.GetProperty("createdAt").GetDateTimeOffset().ShouldBe(item.GetProperty("updatedAt").GetDateTimeOffset());
            item.GetProperty("health").GetProperty("status").GetString().ShouldNotBeNullOrEmpty();
            (await _host.SendAsync(HttpMethod.Delete, $"{Path}/{created.GetProperty("id").GetGuid()}")).Status.ShouldBe(204);
        }, cases: 100);

    [Fact]
    public void P05_the_deployment_mode_survives_creation_change_reload_and_restart() =>
        Invariant.Holds(ProviderForms.Valid, async form =>
        {
            var expected = form.Mode ?? (ProviderForms.Catalog.Find(form.Kind)!.DefaultMode.ToString().ToLowerInvariant());
            var (_, created) = await PostAsync(form);
            var id = created.GetProperty("id").GetGuid();
            created.GetProperty("mode").GetString().ShouldBe(expected);

            var change = JsonSerializer.Serialize(form with { Mode = expected, Models = ["changed"], ApiKey = null }, Json);
            var (status, updated) = await _host.SendAsync(HttpMethod.Put, $"{Path}/{id}", change, "*");
            status.ShouldBe(200, updated?.GetRawText());
            updated!.Value.GetProperty("mode").GetString().ShouldBe(expected);
            updated.Value.GetProperty("hasKey").GetBoolean().ShouldBeTrue();

            // What a restart does: rows from the database, and rows from the copy on disk.
            var row = (await _host.Get<ProviderStore>().FindAsync(GatewayHost.AdminCaller.TenantId, id, default))!;
            var copy = JsonSerializer.Deserialize<ProviderRow>(JsonSerializer.Serialize(row, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;
            foreach (var read in new[] { row, copy })
            {
                var faults = new List<Phrase>();
                var provider = _host.Get<SnapshotBuilder>().Build([read], [], faults).Providers.Single();
                provider.Mode.ToString().ToLowerInvariant().ShouldBe(expected);
                provider.ApiKey.ShouldBe(form.ApiKey);
                faults.ShouldBeEmpty();
            }

            await _host.SendAsync(HttpMethod.Delete, $"{Path}/{id}");
        }, cases: 100);

    [Fact]
    public void P26_any_sequence_of_changes_to_providers_leaves_exactly_its_audit_rows() =>
        Invariant.Holds(Gen.Elements("update", "stale", "invalid").ListOf().Zip(ProviderForms.Valid), async sample =>
        {
            var (steps, form) = sample;
            var (_, created) = await PostAsync(form);
            var id = created.GetProperty("id").GetGuid();
            var expected = new List<string> { "create" };
            foreach (var step in steps.Take(6))
            {
                var (body, tag) = step switch
                {
                    "stale" => (form, "\"999\""),
                    "invalid" => (form with { Models = [] }, "*"),
                    _ => (form, "*"),
                };
                var (status, _) = await _host.SendAsync(HttpMethod.Put, $"{Path}/{id}", JsonSerializer.Serialize(body, Json), tag);
                status.ShouldBe(step switch { "stale" => 412, "invalid" => 400, _ => 200 });
                if (step == "update") expected.Add("update");
            }

            (await _host.SendAsync(HttpMethod.Delete, $"{Path}/{id}")).Status.ShouldBe(204);
            expected.Add("delete");

            var rows = await _host.ScalarAsync<string>(
                "select string_agg(action || ':' || (before is null) || ':' || (after is null), ',' order by sequence) from platform.audit where resource_id = @id", new { id = id.ToString() });
            rows.ShouldBe(string.Join(',', expected.Select(action => $"{action}:{(action == "create" ? "true" : "false")}:{(action == "delete" ? "true" : "false")}")));
            if (form.ApiKey!.Length >= 8)
                (await _host.ScalarAsync<long>("select count(*) from platform.audit where resource_id = @id and position(@key in concat(before, after)) > 0", new { id = id.ToString(), key = form.ApiKey })).ShouldBe(0);
        }, cases: 100);

    private async Task<(int Status, JsonElement Body)> PostAsync(ProviderForm form)
    {
        var (status, body) = await _host.SendAsync(HttpMethod.Post, Path, JsonSerializer.Serialize(form, Json));
        return (status, body!.Value);
    }

    private async Task<string?> CountsAsync() => await _host.ScalarAsync<string>(
        "select (select count(*) from gateway.providers) || '/' || (select count(*) from platform.audit) || '/' || (select count(*) from platform.events)");
}
