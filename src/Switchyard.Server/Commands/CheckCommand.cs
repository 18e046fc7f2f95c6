using System.CommandLine;
using Npgsql;
using Spectre.Console;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Embedded;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Server.Hosting;

namespace Switchyard.Server.Commands;

/// <summary><c>switchyard check</c>: names everything that is wrong with the configuration, and its cure; exit code 1 when something is.</summary>
internal static class CheckCommand
{
    public static Command Create(ModuleSet modules)
    {
        var command = new Command("check", "Check the whole configuration without starting the service");
        command.SetAction(async (parsed, cancel) =>
        {
            var problems = await FindAsync(modules, parsed, cancel);
            if (parsed.GetValue(GlobalOptions.Json)) Terminal.WriteJson(new { ok = !problems.Any(p => p.Serious), problems });
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
            found.AddRange(await new HostCheck(installation.Services.GetRequiredService<IConfiguration>()).CheckAsync(cancel));
            found.AddRange(Unknown(installation.Services.GetRequiredService<EffectiveConfiguration>()));
            await installation.Services.GetRequiredService<Migrator>().PendingAsync(cancel);
            foreach (var check in installation.Services.GetServices<IConfigurationCheck>().Where(c => c is not HostCheck)) found.AddRange(await check.CheckAsync(cancel));
        }
        catch (ConfigurationException fault)
        {
            found.Add(new ConfigurationProblem(fault.Place, fault.Message, "Correct it and check again."));
        }
        catch (Exception fault) when (fault is NpgsqlException or EmbeddedPostgresException or MigrationException)
        {
            found.Add(new ConfigurationProblem("database", fault.InnerException?.Message ?? fault.Message, "Run 'switchyard doctor'; it looks at each part."));
        }

        return found;
    }

    // A key with a typing mistake is silently without effect otherwise.
    private static IEnumerable<ConfigurationProblem> Unknown(EffectiveConfiguration effective)
    {
        var settings = effective.Read();
        var sections = settings.Where(s => s.Description is not null).Select(s => s.Key.Split(':')[0]).Append("SWITCHYARD_ADMIN_TOKEN").Append("SWITCHYARD_MASTER_KEY").ToHashSet(StringComparer.OrdinalIgnoreCase);
        return settings
            .Where(s => s.Description is null && s.Source.StartsWith("file", StringComparison.Ordinal) && !sections.Contains(s.Key.Split(':')[0]))
            .Select(s => new ConfigurationProblem(s.Key, $"There is no setting of this name ({s.Source}).", $"Known sections: {string.Join(", ", sections.Where(x => !x.StartsWith("SWITCHYARD", StringComparison.Ordinal)).Order())}.", Serious: false));
    }

    private static void Print(List<ConfigurationProblem> problems)
    {
        foreach (var problem in problems)
        {
            Terminal.Output.MarkupLineInterpolated($"[{(problem.Serious ? "red" : "yellow")}]{(problem.Serious ? "✗" : "!")} {problem.Place}[/]: {problem.What}");
            Terminal.Output.MarkupLineInterpolated($"  {problem.Cure}");
        }

        Terminal.Output.MarkupLine(problems.Count == 0 ? "[green]✓[/] The configuration is valid." : $"{problems.Count(p => p.Serious)} problem(s), {problems.Count(p => !p.Serious)} warning(s).");
    }
}
