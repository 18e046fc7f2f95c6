using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Switchyard.Gateway.InProcess;

/// <summary>Registers the gateway as <see cref="IChatClient"/> and <see cref="IEmbeddingGenerator{TInput,TEmbedding}"/>, for the default tenant unless a call names another.</summary>
public static class InProcessServices
{
    /// <summary>Adds both.</summary>
    public static IHostApplicationBuilder AddInProcess(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<InProcessCalls>();
        builder.Services.AddSingleton<IChatClient>(services => new GatewayChatClient(services.GetRequiredService<InProcessCalls>()));
        builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(services => new GatewayEmbeddingGenerator(services.GetRequiredService<InProcessCalls>()));
        return builder;
    }
}
