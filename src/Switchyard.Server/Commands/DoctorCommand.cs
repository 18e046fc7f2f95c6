using System.CommandLine;
using Spectre.Console;
using Switchyard.Platform.Modules;
using Switchyard.Server.Doctor;
using Switchyard.Server.Hosting;

namespace Switchyard.Server.Commands;

/// <summary><c>switchyard doctor</c>: looks at everything the service needs and says how to mend what is wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create(ModuleSet modules)
    {
        var command = new Command("doctor");
        command.SetAction(async (parsed, cancel) =>
        {
            var configuration = NodeBuilder.Prepare(GlobalOptions.Read(parsed), tolerant: true).Configuration;
            List<Finding> findings =
            [
                .. await new MachineExamination(configuration).RunAsync(cancel),
                .. await DatabaseExamination.RunAsync(() => Installation.OpenAsync(modules, GlobalOptions.Read(parsed), cancel, tolerant: true), cancel),
            ];
            var healthy = findings.All(f => f.State != "failed");
            if (parsed.GetValue(GlobalOptions.Json)) Terminal.WriteJson(new { ok = healthy, findings });
            else Print(findings);
            return healthy ? 0 : 1;
        });
        return command;
    }

    private static void Print(List<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var (sign, colour) = finding.State switch { "ok" => ("✓", "green"), "warning" => ("!", "yellow"), _ => ("✗", "red") };
            Terminal.Output.MarkupLineInterpolated($"[{colour}]{sign}[/] [bold]{Places.Label(finding.Part)}[/]: {finding.Detail}");
            if (finding.Cure is not null) Terminal.Output.MarkupLineInterpolated($"    {finding.Cure}");
        }
    }
}
