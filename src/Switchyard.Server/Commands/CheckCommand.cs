using System.CommandLine;
using Npgsql;
using Spectre.Console;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Embedded;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Server.Hosting;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary><c>switchyard check</c>: names everything that is wrong with the configuration, and its cure; exit code 1 when something is.</summary>
internal static class CheckCommand
{
    public static Command Create(ModuleSet modules)
    {
        var command = new Command("check");
        command.SetAction(async (parsed, cancel) =>
        {
            var problems = await FindAsync(modules, parsed, cancel);
            if (parsed.GetValue(GlobalOptions.Json)) Terminal.WriteJson(new { ok = !problems.Any(p => p.Serious), problems = problems.Select(p => new { p.Place, what = Say(p.What), cure = Say(p.Cure), p.Serious }) });
            else Print(problems);
            return problems.Any(p => p.Serious) ? 1 : 0;
        });
        return command;
    }

    private static async Task<List<ConfigurationProblem>> FindAsync(ModuleSet modules, ParseResult parsed, CancellationToken cancel)
    {
        var found = new List<ConfigurationProblem>();
        try
        {
            await using var installation = await Installation.OpenAsync(modules, GlobalOptions.Read(parsed), cancel, tolerant: true);
            var services = installation.Services;
            // What needs no database first: it is told also when there is none.
            found.AddRange(await services.GetRequiredService<HostCheck>().CheckAsync(cancel));
            found.AddRange(await services.GetRequiredService<SettingsCheck>().CheckAsync(cancel));
            // A module cannot be asked with settings that it cannot read.
            if (found.Any(p => p.Serious)) return found;
            if ((await services.GetRequiredService<Migrator>().PendingAsync(cancel)).Count is > 0 and var pending)
                return [.. found, new("database", new Phrase("check.pending", ("count", pending)), new Phrase("check.migrate"), Serious: false)];
            foreach (var check in services.GetServices<IConfigurationCheck>().Where(c => c is not (HostCheck or SettingsCheck))) found.AddRange(await check.CheckAsync(cancel));
        }
        catch (ConfigurationException fault)
        {
            found.Add(new ConfigurationProblem(fault.Place, fault.Cure, new Phrase("check.correct")));
        }
        catch (Exception fault) when (fault is NpgsqlException or EmbeddedPostgresException or MigrationException)
        {
            found.Add(new ConfigurationProblem("database", new Phrase("settings.words", ("words", Reason.Of(fault))), new Phrase("check.doctor")));
        }

        return found;
    }

    private static void Print(List<ConfigurationProblem> problems)
    {
        foreach (var problem in problems)
        {
            Terminal.Output.MarkupLineInterpolated($"[{(problem.Serious ? "red" : "yellow")}]{(problem.Serious ? "✗" : "!")} {Places.Label(problem.Place)}[/]: {Say(problem.What)}");
            Terminal.Output.MarkupLineInterpolated($"  {Say(problem.Cure)}");
        }

        if (problems.Count == 0) Terminal.Output.MarkupLineInterpolated($"[green]✓[/] {Say("check.valid")}");
        else Terminal.Output.MarkupLineInterpolated($"{Say("check.summary", ("problems", problems.Count(p => p.Serious)), ("warnings", problems.Count(p => !p.Serious)))}");
    }
}
