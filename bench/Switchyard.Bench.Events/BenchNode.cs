using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Switchyard.Contracts.Events;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.EventLog.Streaming;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Bench.Events;

/// <summary>One node with the event log and the live streams, on a loopback port.</summary>
internal sealed class BenchNode(WebApplication app) : IAsyncDisposable
{
    public Database Database => app.Services.GetRequiredService<Database>();

    public NpgsqlDataSource Source => app.Services.GetRequiredService<NpgsqlDataSource>();

    public IEventFeed Feed => app.Services.GetRequiredService<IEventFeed>();

    public EventStreamHub Hub => app.Services.GetRequiredService<EventStreamHub>();

    public Uri Address => new(app.Urls.First());

    public static async Task<BenchNode> StartAsync(string connection)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("events:streams:perCaller", "100000"), new("events:streams:perNode", "100000")]);
        builder.Services.AddSingleton(new DatabaseLocation(connection, Embedded: false));
        builder.Services.AddSingleton(new ModuleSet([new PlatformModule()]));
        builder.Services.AddSingleton(Messages.Load([typeof(PlatformModule).Assembly]));
        builder.AddHttp();
        builder.AddStorage();
        builder.AddEventLog();
        builder.AddEventStreams();
        var app = builder.Build();
        await new Migrator(
            app.Services.GetRequiredService<NpgsqlDataSource>(), Migration.Of([new PlatformModule()]), TimeProvider.System, NullLogger<Migrator>.Instance)
            .MigrateAsync(CancellationToken.None);
        app.Use((http, next) =>
        {
            http.Features.Set(Caller.System(Tenants.Default));
            return next(http);
        });
        app.MapEventStreams();
        await app.StartAsync();
        return new BenchNode(app);
    }

    /// <summary>Commits events of a usual size and returns the last sequence.</summary>
    public async Task<long> AppendAsync(int count)
    {
        await using var change = await Database.BeginAsync(Caller.System(Tenants.Default), CancellationToken.None);
        for (var i = 0; i < count; i++) change.Raise("bench", new Measured(i, "a payload of about the usual size, some two hundred bytes", new string('x', 100)));
        await change.CommitAsync(CancellationToken.None);
        return change.LastSequence;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private sealed record Measured(int Number, string Text, string Padding) : IEvent
    {
        public static string Type => "bench.measured";
    }
}
