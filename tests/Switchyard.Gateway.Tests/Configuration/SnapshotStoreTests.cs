using Npgsql;
using Switchyard.Gateway.Configuration;
using Switchyard.Platform.Access;

namespace Switchyard.Gateway.Tests.Configuration;

public sealed class SnapshotStoreTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private const string Key = "sk-planted-0123456789abcd";

    [Fact]
    public async Task A_change_on_one_node_reaches_the_other()
    {
        await using var here = await GatewayHost.StartAsync(database.ConnectionString);
        await using var there = await GatewayHost.StartAsync(database.ConnectionString);

        await CreateAsync(here, "travels");

        await Eventually.IsTrue(() => Tenant(there)?.ByName.ContainsKey("travels") == true, "the other node knows it", TimeSpan.FromSeconds(5));
        Tenant(there)!.ByName["travels"].ApiKey.ShouldBe(Key);
    }

    [Fact]
    public async Task A_node_starts_and_knows_its_providers_while_the_database_is_away_and_the_copy_on_disk_holds_no_key()
    {
        var data = Directory.CreateTempSubdirectory("switchyard-away-").FullName;
        await using (var before = await GatewayHost.StartAsync(database.ConnectionString, data)) await CreateAsync(before, "survives");
        foreach (var file in Directory.GetFiles(data, "gateway-snapshot*")) (await File.ReadAllTextAsync(file)).ShouldNotContain(Key);

        var nowhere = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = 9, Timeout = 1 }.ConnectionString;
        await using var node = await GatewayHost.StartAsync(nowhere, data, migrate: false);

        Tenant(node)!.ByName["survives"].ApiKey.ShouldBe(Key);
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_used_is_refused_whole_and_the_last_good_one_stays_for_that_tenant_only()
    {
        await using var node = await GatewayHost.StartAsync(database.ConnectionString);
        var (broken, fine) = (await node.NewTenantAsync(), await node.NewTenantAsync());
        var editor = node.Get<ProviderEditor>();
        var form = new ProviderForm { Name = "a", Kind = "openai", ApiKey = Key, Models = ["m"] };
        var id = (await editor.CreateAsync(broken, form, "console", default)).Value.Id;
        await node.Get<SnapshotStore>().RefreshAsync(default);

        // As a newer version's node, or a damaged row, would leave it.
        await node.ScalarAsync<int>("update gateway.providers set key_sealed = '\\x00', models = '{changed}' where id = @id returning 1", new { id });
        await editor.CreateAsync(fine, form, "console", default);
        await node.Get<SnapshotStore>().RefreshAsync(default);

        var kept = node.Get<ISnapshots>().Current.Tenants[broken.TenantId].ByName["a"];
        kept.ApiKey.ShouldBe(Key);
        kept.Models.ShouldBe(["m"]);
        node.Get<ISnapshots>().Current.Tenants[fine.TenantId].ByName.ShouldContainKey("a");
    }

    [Fact]
    public async Task Switching_calls_off_shows_in_the_snapshot()
    {
        await using var node = await GatewayHost.StartAsync(database.ConnectionString, settings: new Dictionary<string, string?> { ["llm:enabled"] = "false" });

        node.Get<ISnapshots>().Current.CallsEnabled.ShouldBeFalse();
    }

    private static TenantSnapshot? Tenant(GatewayHost node) => node.Get<ISnapshots>().Current.Tenants.GetValueOrDefault(Tenants.Default);

    private static async Task CreateAsync(GatewayHost node, string name) =>
        (await node.SendAsync(HttpMethod.Post, "/admin/config/llm", new { name, kind = "openai", apiKey = Key, models = new[] { "m" } })).Status.ShouldBe(201);
}
