using System.Net.Http.Json;
using Switchyard.EndToEnd.Tests.Running;
using Switchyard.TestKit.Providers;

namespace Switchyard.EndToEnd.Tests.Faults;

/// <summary>The vendor's bill and our records, however the process ends.</summary>
public sealed class CrashTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private const string Slow = "tokens-10-500+pace-20ms";

    private int _calls;

    [Fact]
    public async Task P09_killed_in_mid_stream_nothing_is_lost_and_the_records_equal_the_bill()
    {
        using var http = Client();
        for (var round = 0; round < 3; round++)
        {
            for (var call = 0; call < 5; call++) await CompleteAsync(http, call % 2 == 0 ? "openai/tokens-100-6" : "openai/tokens-31-6");
            (await StatusAsync(http, "openai/500")).ShouldNotBe(200);
            var open = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => OpenStreamAsync(http, $"openai/{Slow}")));
            await Eventually.IsTrue(() => gateway.Mock.Bill.For(Slow).Count(c => c.Pieces >= 3) == (round + 1) * 3, "the streams run");

            await gateway.Server.KillAsync();
            foreach (var response in open) response.Dispose();
            await gateway.Server.StartAsync();
        }

        await Eventually.IsTrue(() => gateway.Mock.Bill.Running == 0, "the vendor saw every caller leave");
        await Eventually.Pass(AgreeAsync, TimeSpan.FromSeconds(20));
    }

    private async Task AgreeAsync()
    {
        var bill = gateway.Mock.Bill.Calls.Where(c => c.Model.Length > 0).ToList();
        var records = await UsageRecord.ReadAllAsync(gateway);

        // Every completed call is there with its tokens, once.
        foreach (var call in bill.Where(c => c.Outcome == CallOutcome.Completed))
        {
            var record = records.Where(r => r.User.Length > 0 && call.Text.Contains($"\"{r.User}\"", StringComparison.Ordinal)).ToList().ShouldHaveSingleItem();
            (record.Status, record.Input, record.Output).ShouldBe(("succeeded", (int)call.Usage.Input, (int)call.Usage.Output), call.Id);
        }

        // Whatever was cut is there too, and never as a success.
        var cut = records.Where(r => r.Model == Slow).ToList();
        cut.Count.ShouldBe(bill.Count(c => c.Model == Slow));
        cut.ShouldAllBe(r => r.Status == "unknown" || r.Status == "aborted");
        records.Count(r => r.Status == "failed").ShouldBe(3);
        records.Count.ShouldBe((3 * 5) + (3 * 3) + 3);
        var totals = (await gateway.SendAsync(HttpMethod.Get, "/api/v1/llm/stats")).GetProperty("totals");
        totals.GetProperty("requests").GetInt32().ShouldBe(records.Count);
        totals.GetProperty("succeeded").GetInt32().ShouldBe(15);
    }

    private HttpClient Client()
    {
        var http = TestHttp.Client(gateway.Server.Address);
        http.DefaultRequestHeaders.Authorization = new("Bearer", gateway.ClientKey);
        return http;
    }

    /// <summary>Each call carries a name of its own, so that bill and records can be laid side by side.</summary>
    private object Chat(string model, bool stream) => new { model, stream, user = $"call-{++_calls}", messages = new[] { new { role = "user", content = "Hi" } } };

    private async Task CompleteAsync(HttpClient http, string model) => (await StatusAsync(http, model)).ShouldBe(200);

    private async Task<int> StatusAsync(HttpClient http, string model)
    {
        using var response = await http.PostAsJsonAsync("/v1/chat/completions", Chat(model, stream: false));
        return (int)response.StatusCode;
    }

    private async Task<HttpResponseMessage> OpenStreamAsync(HttpClient http, string model)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(Chat(model, stream: true)) };
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
