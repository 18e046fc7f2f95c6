using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Switchyard.Platform.Access;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Http;
using Switchyard.Platform.Http.Inline;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage.Embedded;
using Switchyard.Server.Commands;
using Switchyard.Server.WebConsole;

namespace Switchyard.Server.Hosting;

/// <summary>Puts the modules together into one web application.</summary>
internal static class NodeBuilder
{
    // Frameworks talk about themselves a lot; an operator who wants to hear it says so. Npgsql's errors reach us as
    // exceptions, once.
    private static readonly Setting[] QuietFrameworks =
    [
        Level("Microsoft", "warning"), Level("System", "warning"), Level("Quartz", "warning"), Level("Npgsql", "critical"),
        // A start that fails is told in one line by whoever started it.
        Level("Microsoft.Extensions.Hosting.Internal.Host", "critical"),
    ];

    /// <summary>Reads the configuration and prepares a builder that has nothing but it.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; names it and the cure.</exception>
    public static WebApplicationBuilder Prepare(IReadOnlyDictionary<string, (string Value, string Option)> given, bool tolerant = false)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "switchyard", EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        Setting format = new(HostSettings.LogFormat, Terminal.IsWatched ? "text" : "json");
        var stored = ConfigurationSources.Use(
            builder.Configuration,
            ConfigurationSources.ProcessEnvironment(),
            given,
            [.. QuietFrameworks, format],
            fault => Terminal.WriteError(OperatorText.Say(fault.Phrase)));
        if (!tolerant) new HostCheck(builder.Configuration).Demand();
        builder.Services.AddSingleton(stored);
        builder.Services.AddSettings(QuietFrameworks);
        return builder;
    }

    /// <summary>Registers everything; no endpoint is mapped yet.</summary>
    /// <param name="builder">From <see cref="Prepare"/>.</param>
    /// <param name="modules">The modules.</param>
    /// <param name="location">The database; asked for when the first service needs it.</param>
    public static WebApplication Build(WebApplicationBuilder builder, ModuleSet modules, Func<DatabaseLocation> location)
    {
        var configuration = builder.Configuration;
        builder.Services.AddSingleton(_ => location());
        builder.Services.AddSingleton(DataDirectory.At(configuration[HostSettings.DataDirectory]));
        builder.Services.Configure<AccessOptions>(access => access.DataDirectory ??= configuration[HostSettings.DataDirectory]);
        builder.Services.Configure<HostOptions>(host =>
        {
            // Kestrel drains first; what is left of the time belongs to flushing.
            host.ShutdownTimeout = TimeSpan.FromSeconds(Number(configuration, HostSettings.DrainSeconds) + 10);
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        // Sockets complete on the thread pool already: two more hand-offs per request only cost. Handlers here never block.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, ConnectionMemory>();
        builder.WebHost.UseUrls(configuration[HostSettings.Urls]!.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel => Bound(kestrel, configuration));
        builder.Services.AddSingleton<ConsoleFiles>();
        modules.AddServices(builder);

        return builder.Build();
    }

    /// <summary>Puts the middleware in order and maps every endpoint.</summary>
    public static void Map(WebApplication app, ModuleSet modules)
    {
        app.UseHttp();
        app.UseRouting();
        if (app.Configuration.GetValue<bool>(HostSettings.InlineCalls)) app.UseInlineCalls();
        app.UseMiddleware<ConsoleMiddleware>();
        app.UseAccess();
        app.UseIdempotency();
        modules.MapEndpoints(app);
    }

    // Kestrel's own limit on connections is none at all, and slow headers are given half a minute.
    private static void Bound(KestrelServerOptions kestrel, IConfiguration configuration)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = OpenFiles.ConnectionsFor(Number(configuration, HostSettings.MaxConnections));
        kestrel.Limits.MaxRequestBodySize = Number(configuration, HostSettings.MaxBodyBytes);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
    }

    private static Setting Level(string name, string least) => new($"logging:logLevel:{name}", least);

    // Only a check goes on with a number that cannot be read; it listens to nobody.
    private static long Number(IConfiguration configuration, string key) =>
        long.TryParse(configuration[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
}
