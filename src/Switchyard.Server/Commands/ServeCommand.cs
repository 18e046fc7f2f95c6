using System.CommandLine;
using System.Globalization;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Server.Hosting;

namespace Switchyard.Server.Commands;

/// <summary><c>switchyard serve</c>, also without the verb: runs the service until it is asked to stop.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Urls = new("--urls");
    private static readonly Option<int?> Port = new("--port") { CustomParser = Values.Number };
    private static readonly Option<string?> Role = new("--role");
    private static readonly Option<bool> Demo = new("--demo");

    public static Command Create(ModuleSet modules)
    {
        var command = new Command("serve");
        Describe(command, modules);
        return command;
    }

    public static void Describe(Command command, ModuleSet modules)
    {
        command.Options.Add(Urls);
        command.Options.Add(Port);
        command.Options.Add(Role);
        command.Options.Add(Demo);
        command.SetAction((parsed, cancel) => RunAsync(modules, parsed, cancel));
    }

    private static async Task<int> RunAsync(ModuleSet modules, ParseResult parsed, CancellationToken cancel)
    {
        var given = GlobalOptions.Read(parsed);
        if (parsed.GetValue(Urls) is { } urls) given[HostSettings.Urls] = (urls, "--urls");
        if (parsed.GetValue(Port) is { } port)
        {
            if (port is < 1 or > 65535) throw new CommandException(new Phrase("serve.port", ("port", port)));
            given[HostSettings.Urls] = (string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"), "--port");
        }

        if (parsed.GetValue(Role) is { } role) given[HostSettings.Role] = (role, "--role");
        return await Service.RunAsync(modules, given, parsed.GetValue(Demo), cancel);
    }
}
