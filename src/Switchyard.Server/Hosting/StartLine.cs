using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Switchyard.Platform.Access.Users;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Operations;
using Switchyard.Server.Commands;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Hosting;

/// <summary>The one line that a start prints: where the console is, and the link that signs in the first person.</summary>
internal static class StartLine
{
    public static async Task WriteAsync(WebApplication app, CancellationToken cancel)
    {
        var address = Address(app);
        var link = await LinkAsync(app.Services, cancel);
        Terminal.WriteLine(link is null
            ? Say("serve.ready", ("version", NodeIdentity.Version), ("address", address))
            : Say("serve.first", ("version", NodeIdentity.Version), ("address", address + link)));
    }

    private static string Address(WebApplication app)
    {
        if (app.Configuration[HostSettings.PublicUrl] is { Length: > 0 } open) return open.TrimEnd('/');
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        // 'Any address' is no address to click on.
        return bound.Replace("://[::]", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal);
    }

    private static async Task<string?> LinkAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (!services.GetRequiredService<DatabaseWatch>().Status.Reachable) return null;
        var token = await services.GetRequiredService<OneTimeLinks>().FirstStartAsync(cancel);
        return token is null ? null : OneTimeLinks.PathOf(token);
    }
}
