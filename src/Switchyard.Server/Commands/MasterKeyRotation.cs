using System.CommandLine;
using Spectre.Console;
using Switchyard.Platform.Secrets;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary>
/// <c>switchyard keys rotate-master</c>: puts a new master key in front of the old ones and wraps every stored secret with
/// it. Safe while the service runs, which reads the keys anew when it meets a secret of the new one; broken off, it is
/// simply run again. Where the keys come from the environment, the operator puts the new one there and this wraps only.
/// </summary>
internal static class MasterKeyRotation
{
    public static async Task RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var made = !SecretServices.FromEnvironment;
        var file = SecretServices.KeyFile(services.GetRequiredService<IConfiguration>());
        var keys = made ? KeyChain.Rotate(file) : services.GetRequiredService<KeyChain>();
        await ActivatorUtilities.CreateInstance<MasterKeyWitness>(services, keys).CompareAsync(cancel);
        var (box, wrapped) = (new SecretBox(keys), 0);
        foreach (var secrets in services.GetServices<ISealedSecrets>()) wrapped += await secrets.RewrapAsync(box, cancel);
        if (parsed.GetValue(GlobalOptions.Json)) Terminal.WriteJson(new { made, wrapped });
        else Terminal.Output.MarkupLineInterpolated($"{(made ? Say("keys.rotated", ("file", file), ("count", wrapped)) : Say("keys.rewrapped", ("variable", SecretServices.Variable), ("count", wrapped)))}");
    }
}
