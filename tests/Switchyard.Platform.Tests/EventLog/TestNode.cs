using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Tests.EventLog;

/// <summary>One node of the service in this process: its own services on a shared database.</summary>
public sealed class TestNode(IHost host) : IAsyncDisposable
{
    public IServiceProvider Services => host.Services;

    public Database Database => Services.GetRequiredService<Database>();

    public IEventFeed Feed => Services.GetRequiredService<IEventFeed>();

    public EventReader Log => Services.GetRequiredService<EventReader>();

    public static async Task<TestNode> StartAsync(string connection, Action<HostApplicationBuilder>? more = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("database:connection", connection)]);
        builder.Services.AddLogging(logs => logs.SetMinimumLevel(LogLevel.None));
        builder.Services.AddSingleton(new ModuleSet([new PlatformModule()]));
        builder.Services.AddSingleton(new DatabaseLocation(connection, Embedded: false));
        builder.AddStorage();
        builder.AddEventLog();
        more?.Invoke(builder);
        var host = builder.Build();
        await host.StartAsync();
        return new TestNode(host);
    }

    /// <summary>Appends <paramref name="events"/> as one change and returns the last sequence.</summary>
    public async Task<long> AppendAsync(params TestHappened[] events) => await AppendAsync(Tenants.Default, events);

    public async Task<long> AppendAsync(Guid tenant, params TestHappened[] events)
    {
        await using var change = await Database.BeginAsync(Caller.System(tenant), CancellationToken.None);
        foreach (var e in events) change.Raise("test", e);
        await change.CommitAsync(CancellationToken.None);
        return change.LastSequence;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await host.StopAsync(patience.Token);
        host.Dispose();
    }
}
