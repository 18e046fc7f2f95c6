using System.Net;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Routing;
using Switchyard.Gateway.Tests.Pipeline;
using Switchyard.Platform.Access;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Routing;

public sealed class RoutingTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    [Theory]
    [InlineData("b/shared", "b", "shared")]
    [InlineData("B/shared", "b", "shared")]
    [InlineData("shared", "a,b", "shared")]
    [InlineData("org/model", "b", "org/model")]
    [InlineData("b/org/model", "b", "org/model")]
    [InlineData("open/anything-at-all", "open", "anything-at-all")]
    public void A_name_leads_to_its_providers(string name, string providers, string model)
    {
        var plan = ModelRouter.Resolve(Tenant(), name);
        plan.Ok.ShouldBeTrue();
        string.Join(',', plan.Value.Providers.Select(p => p.Name)).ShouldBe(providers);
        plan.Value.Model.ShouldBe(model);
    }

    [Fact]
    public void The_default_is_each_providers_first_model()
    {
        var plan = ModelRouter.Resolve(Tenant(), "default").Value;
        plan.Providers.Select(plan.ModelAt).ShouldBe(["shared", "org/model"]);
    }

    [Theory]
    [InlineData("shard", "shared")]
    [InlineData("SHARED", "shared")]
    [InlineData("a/shred", "a/shared")]
    [InlineData("", "")]
    public void An_unknown_name_is_refused_with_the_nearest_ones(string name, string nearest)
    {
        var problem = ModelRouter.Resolve(Tenant(), name).Problem!;
        problem.Code.ShouldBe("model_not_found");
        problem.Status.ShouldBe(404);
        problem.Args["nearest"]!.ToString()!.ShouldContain(nearest);
    }

    [Fact]
    public async Task Unknown_and_forbidden_models_are_refused_in_the_dialect_and_recorded()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "ok", "forbidden-1")]);

        var unknown = await gateway.ChatAsync("okk");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var error = (await TestGateway.JsonAsync(unknown)).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("model_not_found");
        error.GetProperty("message").GetString()!.ShouldContain("ok");
        var anthropic = await TestGateway.JsonAsync(await gateway.ChatAsync("okk", path: "/v1/messages"));
        anthropic.GetProperty("error").GetProperty("type").GetString().ShouldBe("not_found_error");
        (await gateway.ChatAsync("forbidden-1")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        mock.Bill.Calls.ShouldBeEmpty();
        gateway.Records().Select(r => r.ErrorCode).ShouldBe(["model_not_found", "model_not_found", "model_not_allowed"]);
        gateway.Records().ShouldAllBe(r => r.Status == CallStatus.Failed);
    }

    [Fact]
    public async Task The_model_list_shows_what_the_key_may_use_in_either_shape()
    {
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(Nowhere, "main", "ok", "forbidden-1"), TestGateway.OpenAi(Nowhere, "spare", "ok")]);

        var openAi = await TestGateway.JsonAsync(await gateway.Client.GetAsync("/v1/models"));
        openAi.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()).ShouldBe(["main/ok", "ok", "spare/ok"]);
        gateway.Client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        var anthropic = await TestGateway.JsonAsync(await gateway.Client.GetAsync("/v1/models"));
        anthropic.GetProperty("last_id").GetString().ShouldBe("spare/ok");
        (await gateway.Client.GetAsync("/v1/models/main/ok")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.Client.GetAsync("/v1/models/main%2Fok")).StatusCode.ShouldBe(HttpStatusCode.OK, "as the official clients write it");
        (await gateway.Client.GetAsync("/v1/models/main/forbidden-2")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await gateway.Client.GetAsync("/v1/models/forbidden-1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_name_that_a_call_may_use_is_found_also_where_the_list_has_a_shorter_one()
    {
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(Nowhere, "main", "ok")]);

        var found = await TestGateway.JsonAsync(await gateway.Client.GetAsync("/v1/models/main/ok"));

        found.GetProperty("id").GetString().ShouldBe("main/ok");
        found.GetProperty("owned_by").GetString().ShouldBe("main");
    }

    private static Switchyard.Gateway.Configuration.TenantSnapshot Tenant() => TestGateway.Snapshot(
    [
        TestGateway.OpenAi(Nowhere, "a", "shared"),
        TestGateway.OpenAi(Nowhere, "b", "org/model", "shared"),
        TestGateway.OpenAi(Nowhere, "open"),
    ]).Tenants[Tenants.Default];
}
