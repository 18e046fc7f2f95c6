using System.CommandLine;
using Spectre.Console;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Server.Hosting;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary><c>switchyard demo</c>: loads the sample data of every module, so that every screen has something to show.</summary>
internal static class DemoCommand
{
    public static Command Create(ModuleSet modules)
    {
        var command = new Command("demo");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var installation = await Installation.OpenAsync(modules, GlobalOptions.Read(parsed), cancel);
            await installation.Services.GetRequiredService<Migrator>().MigrateAsync(cancel);
            var added = await LoadAsync(installation.Services, cancel);
            if (parsed.GetValue(GlobalOptions.Json)) Terminal.WriteJson(added);
            return 0;
        });
        return command;
    }

    /// <summary>Loads all of it with a progress display; returns what was added by name.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> LoadAsync(IServiceProvider services, CancellationToken cancel)
    {
        var added = new Dictionary<string, int>();
        await Terminal.Errors.Status().StartAsync(Markup.Escape(Say("demo.loading")), async status =>
        {
            foreach (var data in services.GetServices<IDemoData>())
            {
                status.Status(Markup.Escape(Say("demo.part", ("name", Part(data.Name)))));
                added[data.Name] = await data.LoadAsync(cancel);
            }
        });
        foreach (var (name, count) in added) Terminal.Errors.MarkupLineInterpolated($"  {Say("demo.added", ("name", Part(name)), ("count", count))}");
        return added;
    }

    private static Phrase Part(string name) => new($"demo.{name}");
}
