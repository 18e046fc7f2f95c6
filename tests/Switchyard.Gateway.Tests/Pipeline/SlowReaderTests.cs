using Switchyard.Gateway.Pipeline;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Pipeline;

public sealed class SlowReaderTests
{
    [Fact]
    public async Task A_client_that_does_not_read_holds_the_provider_back_is_cut_off_and_is_recorded()
    {
        // A hundred megabytes of stream: whoever buffered it all would let the provider finish.
        const string word = "tokens-5-400000";
        await using var mock = await MockProviders.StartAsync();
        var provider = TestGateway.OpenAi(mock.Address, "main", word) with { TotalTimeout = TimeSpan.FromSeconds(4) };
        await using var gateway = await TestGateway.StartAsync([provider]);

        using var client = await RawClient.ChatAsync(gateway.Client.BaseAddress!, word, stream: true);

        await Eventually.IsTrue(() => gateway.Records().Count > 0, "the call is settled although its client never reads", TimeSpan.FromSeconds(60));
        var record = gateway.Records().ShouldHaveSingleItem();
        record.Attempts.ShouldHaveSingleItem().Class.ShouldBe("timeout");
        record.Status.ShouldBe(CallStatus.Failed);
        record.TokensEstimated.ShouldBeTrue();
        record.Tokens!.Value.Output.ShouldBeGreaterThan(0);
        await Eventually.IsTrue(() => mock.Bill.Calls.Single().Outcome == CallOutcome.Aborted, "the provider is told", TimeSpan.FromSeconds(60));
        // What the sockets between hold is a few megabytes; a piece is about 230 bytes.
        mock.Bill.Calls.Single().Pieces.ShouldBeLessThan(100_000);
        gateway.Journal.Open.ShouldBe(0);
    }
}
