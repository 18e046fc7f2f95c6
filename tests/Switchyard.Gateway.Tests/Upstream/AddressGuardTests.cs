using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Tests.Pipeline;
using Switchyard.Gateway.Upstream;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Upstream;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("3fff::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void No_cloud_provider_reaches(string address)
    {
        AddressGuard.IsPublic(IPAddress.Parse(address)).ShouldBeFalse();
        new AddressRules(new UpstreamOptions { AllowedLocalHosts = { "*" } }).Allows(DeploymentMode.Cloud, "host", IPAddress.Parse(address)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.169.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450::1")]
    public void A_cloud_provider_reaches(string address) => AddressGuard.IsPublic(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("::1", "localhost", true)]
    [InlineData("::ffff:127.0.0.1", "localhost", true)]
    [InlineData("192.168.1.20", "gpu.lan", true)]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.2.2.3", "10.2.2.3", false)]
    [InlineData("192.168.1.20", "other.lan", false)]
    [InlineData("192.168.7.7", "192.168.7.7", true)]
    [InlineData("169.254.169.254", "metadata", false)]
    [InlineData("8.8.8.8", "anything", true)]
    public void A_local_provider_reaches_what_the_operator_allowed(string address, string host, bool allowed)
    {
        var rules = new AddressRules(new UpstreamOptions { AllowedLocalHosts = { "gpu.lan", "10.1.0.0/16", "192.168.7.7" } });
        rules.Allows(DeploymentMode.Local, host, IPAddress.Parse(address)).ShouldBe(allowed);
    }

    [Fact]
    public void Loopback_can_be_closed_to_local_providers() =>
        new AddressRules(new UpstreamOptions { AllowLoopback = false }).Allows(DeploymentMode.Local, "localhost", IPAddress.Loopback).ShouldBeFalse();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("0x7f.1")]
    [InlineData("2130706433")]
    [InlineData("017700000001")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("①②⑦.⓪.⓪.①")]
    public async Task A_cloud_provider_cannot_be_pointed_at_this_machine_however_it_is_written(string host)
    {
        await using var mock = await MockProviders.StartAsync();
        var provider = TestGateway.OpenAi(new Uri($"http://{host}:{mock.Address.Port}"), "evil", "ok") with { Mode = DeploymentMode.Cloud };
        await using var gateway = await TestGateway.StartAsync([provider]);

        using var response = await gateway.ChatAsync("ok");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        mock.Bill.Calls.ShouldBeEmpty();
        var record = await gateway.SettledAsync();
        record.Attempts.Single().Class.ShouldBeOneOf("address-refused", "connect");
    }

    [Fact]
    public async Task A_connection_that_a_local_provider_opened_is_not_lent_to_a_cloud_one()
    {
        await using var mock = await MockProviders.StartAsync();
        var local = TestGateway.OpenAi(mock.Address, "local", "ok");
        await using var gateway = await TestGateway.StartAsync([local, local with { Id = Guid.CreateVersion7(), Name = "cloud", Mode = DeploymentMode.Cloud }]);

        (await gateway.ChatAsync("local/ok")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.ChatAsync("cloud/ok")).StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        mock.Bill.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "redirect")]);

        (await gateway.ChatAsync("redirect")).StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        mock.Bill.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Connecting_takes_no_longer_than_the_provider_allows()
    {
        // A listener with a full backlog never completes a handshake.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var end = (IPEndPoint)listener.LocalEndPoint!;
        var fillers = Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        foreach (var filler in fillers) _ = filler.ConnectAsync(end);
        using var client = new UpstreamClient(Options.Create(new UpstreamOptions()), TimeProvider.System);
        var provider = TestGateway.OpenAi(new Uri($"http://127.0.0.1:{end.Port}"), "slow", "ok") with { ConnectTimeout = TimeSpan.FromMilliseconds(200) };

        var failure = await Should.ThrowAsync<UpstreamException>(() => client.SendAsync(provider, provider.Kind.ListModels(provider), CancellationToken.None));

        failure.Failure.ShouldBe(FailureClass.Timeout);
        fillers.ForEach(f => f.Dispose());
    }
}
