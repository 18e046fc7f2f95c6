using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.EndToEnd.Tests.Running;

namespace Switchyard.EndToEnd.Tests.Documents;

/// <summary>
/// The API document of the running server. The copy in <c>docs/openapi/v1.json</c> feeds the console's types; write it
/// anew with <c>SWITCHYARD_UPDATE=1</c>.
/// </summary>
public sealed class OpenApiTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private static readonly string Copy = Repository.Path("docs", "openapi", "v1.json");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task The_committed_copy_is_what_the_server_says()
    {
        var live = Text(await LoadAsync());
        if (Environment.GetEnvironmentVariable("SWITCHYARD_UPDATE") == "1") await File.WriteAllTextAsync(Copy, live);

        (await File.ReadAllTextAsync(Copy)).ShouldBe(live, "docs/openapi/v1.json is out of date: run this test with SWITCHYARD_UPDATE=1");
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_who_may_call_it_and_what_it_answers()
    {
        var faults = new List<string>();
        foreach (var (name, operation) in Operations(await LoadAsync()))
        {
            foreach (var member in (string[])["summary", "operationId", "tags", "x-switchyard-access"])
            {
                if (operation[member] is null) faults.Add($"{name}: no {member}");
            }

            var responses = operation["responses"]!.AsObject();
            if (!responses.Any(r => r.Key[0] == '2')) faults.Add($"{name}: no success");
            if (operation["x-switchyard-access"]?.GetValue<string>() != "anyone" && (responses["401"] is null || responses["403"] is null))
            {
                faults.Add($"{name}: refusals are missing");
            }

            foreach (var (status, response) in responses.Where(r => r.Key is not ("204" or "202" or "304")))
            {
                var content = response!["content"]?.AsObject();
                if (content is null || content.Count == 0 || content.Any(c => c.Value?["schema"] is not JsonObject { Count: > 0 }))
                {
                    faults.Add($"{name}: {status} has no schema");
                }
            }
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_modules_say_of_their_types_reaches_the_document()
    {
        var schemas = (await LoadAsync())["components"]!["schemas"]!.AsObject();
        // A type of the platform, and of the gateway its wire, its configuration and its records.
        foreach (var name in (string[])["ProblemDocument", "ChatCompletionRequest", "MessageRequest", "OpenAiErrorBody", "ProviderForm", "UsageFigures"])
            schemas[name]!["description"]?.GetValue<string>().ShouldNotBeNullOrEmpty(name);
        schemas["MessageRequest"]!["properties"]!["stop_sequences"]!["description"]!.GetValue<string>().ShouldBe("Texts that end the answer.");
    }

    [Fact]
    public async Task Model_routes_refuse_in_their_dialect_and_never_by_a_problem_document()
    {
        var checkedRefusals = 0;
        foreach (var (name, operation) in Operations(await LoadAsync()).Where(o => o.Name.Contains(" /v1/", StringComparison.Ordinal)))
        {
            foreach (var (status, response) in operation["responses"]!.AsObject().Where(r => r.Key[0] is '4' or '5'))
            {
                var error = name.Contains("/v1/messages", StringComparison.Ordinal) ? "AnthropicErrorDocument" : "OpenAiErrorDocument";
                response!["content"]!.AsObject().Select(c => c.Key).ShouldBe(["application/json"], $"{name}: {status}");
                response["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>().ShouldEndWith($"/{error}", Case.Sensitive, $"{name}: {status}");
                checkedRefusals++;
            }
        }

        checkedRefusals.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task Operation_ids_are_unique()
    {
        var ids = Operations(await LoadAsync()).Select(o => o.Operation["operationId"]!.GetValue<string>()).ToList();
        ids.Count.ShouldBe(ids.Distinct().Count());
    }

    private async Task<JsonObject> LoadAsync() =>
        JsonNode.Parse(await gateway.Admin.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.AsObject();

    private static IEnumerable<(string Name, JsonObject Operation)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!.AsObject());

    private static string Text(JsonObject document) => document.ToJsonString(Indented) + "\n";
}
