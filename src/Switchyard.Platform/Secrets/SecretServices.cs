using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Switchyard.Platform.Secrets;

/// <summary>Registers the master keys and <see cref="SecretBox"/>.</summary>
public static class SecretServices
{
    /// <summary>Name of the key file in the data directory.</summary>
    public const string FileName = "master.key";

    /// <summary>The environment variable that goes before the file.</summary>
    public const string Variable = "SWITCHYARD_MASTER_KEY";

    /// <summary>Keys come from <c>SWITCHYARD_MASTER_KEY</c>, else from <c>master.key</c> in <c>data:directory</c>.</summary>
    public static IHostApplicationBuilder AddSecrets(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => Load(services.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton(services => new SecretBox(
            services.GetRequiredService<KeyChain>(), () => Load(services.GetRequiredService<IConfiguration>())));
        builder.Services.AddSingleton<MasterKeyWitness>();
        return builder;
    }

    /// <summary>Whether the keys come from the environment, so that no file can be rotated.</summary>
    public static bool FromEnvironment => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Variable));

    private static KeyChain Load(IConfiguration configuration) => KeyChain.Load(Environment.GetEnvironmentVariable(Variable), KeyFile(configuration));

    /// <summary>Full path of the key file.</summary>
    public static string KeyFile(IConfiguration configuration) =>
        Path.Combine(configuration["data:directory"] ?? throw new InvalidOperationException("'data:directory' has no value."), FileName);
}
