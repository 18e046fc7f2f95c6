using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Switchyard.Platform.Secrets;

/// <summary>Registers the master keys and <see cref="SecretBox"/>.</summary>
public static class SecretServices
{
    /// <summary>Name of the key file in the data directory.</summary>
    public const string FileName = "master.key";

    /// <summary>Keys come from <c>SWITCHYARD_MASTER_KEY</c>, else from <c>master.key</c> in <c>data:directory</c>.</summary>
    public static IHostApplicationBuilder AddSecrets(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services =>
        {
            var configuration = services.GetRequiredService<IConfiguration>();
            return KeyChain.Load(Environment.GetEnvironmentVariable("SWITCHYARD_MASTER_KEY"), KeyFile(configuration));
        });
        builder.Services.AddSingleton<SecretBox>();
        return builder;
    }

    /// <summary>Full path of the key file.</summary>
    public static string KeyFile(IConfiguration configuration) =>
        Path.Combine(configuration["data:directory"] ?? throw new InvalidOperationException("'data:directory' has no value."), FileName);
}
