using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Switchyard.Platform.Observability.Logs;
using Switchyard.Platform.Observability.Metrics;
using Switchyard.Platform.Observability.Traces;

namespace Switchyard.Platform.Observability;

/// <summary>Logs, metrics and traces.</summary>
public static class ObservabilityServices
{
    private static readonly string[] Chatty = ["Microsoft", "System", "Npgsql", "Quartz"];

    /// <summary>
    /// Registers redacting logs on standard error (<c>logging:format</c> = <c>json</c>, the default, or <c>text</c>),
    /// the metric collector and the OTLP export.
    /// </summary>
    public static IHostApplicationBuilder AddObservability(this IHostApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        foreach (var chatty in Chatty) builder.Logging.AddFilter(chatty, LogLevel.Warning);
        builder.Logging.AddConsole(console =>
        {
            console.FormatterName = builder.Configuration["logging:format"] == "text"
                ? RedactingTextFormatter.FormatterName
                : RedactingJsonFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        builder.Logging.AddConsoleFormatter<RedactingJsonFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<RedactingTextFormatter, ConsoleFormatterOptions>();
        builder.Services.AddSingleton<MetricCollector>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MetricCollector>());
        builder.Services.AddHostedService<TraceExport>();
        return builder;
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapObservability(this IEndpointRouteBuilder routes) => routes.MapMetrics();
}
