using System.CommandLine;
using System.Globalization;
using Npgsql;
using Spectre.Console;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage.Backups;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Server.Hosting;

namespace Switchyard.Server.Commands;

/// <summary><c>switchyard backup</c>: writes one consistent file while the service runs, and proves that it can be restored.</summary>
internal static class BackupCommand
{
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "File to write (otherwise switchyard-<time>.backup here)", HelpName = "file" };
    private static readonly Option<bool> Quick = new("--quick") { Description = "Only compare checksums afterwards; do not restore on trial" };

    public static Command Create(ModuleSet modules)
    {
        var command = new Command("backup", "Write a verified backup of the database") { Output, Quick };
        command.SetAction((parsed, cancel) => RunAsync(modules, parsed, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ModuleSet modules, ParseResult parsed, CancellationToken cancel)
    {
        await using var installation = await Installation.OpenAsync(modules, GlobalOptions.Read(parsed), cancel);
        var services = installation.Services;
        var time = services.GetRequiredService<TimeProvider>();
        var path = Path.GetFullPath(parsed.GetValue(Output) ?? $"switchyard-{time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.backup");
        await services.GetRequiredService<Migrator>().MigrateAsync(cancel);
        var writer = new BackupWriter(services.GetRequiredService<NpgsqlDataSource>(), [.. modules.All.Select(m => m.Name)], time);
        var manifest = await TableProgress.ShowAsync("Writing", report => writer.WriteAsync(path, report, cancel));
        bool? tried = null;
        using (var backup = BackupFile.Open(path))
        {
            await backup.VerifyAsync(cancel);
            if (!parsed.GetValue(Quick))
            {
                tried = await BackupRestorer.TryOutAsync(
                    backup, services.GetRequiredService<DatabaseLocation>().ConnectionString, Migration.Of(modules.All), there => Migrators.For(services, modules, there), cancel);
            }
        }

        var size = new FileInfo(path).Length;
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Terminal.WriteJson(new { path, size, manifest.Rows, tables = manifest.Tables.Count, manifest.CreatedAt, restoredOnTrial = tried });
            return 0;
        }

        var proof = tried switch
        {
            true => "It was restored on trial and agrees.",
            false => "Its checksums agree; it was not restored on trial, because this database user may not create databases.",
            null => "Its checksums agree.",
        };
        Terminal.Output.MarkupLineInterpolated($"[green]✓[/] {manifest.Rows:N0} rows of {manifest.Tables.Count} tables in [bold]{path}[/] ({size / 1024.0 / 1024:N1} MB). {proof}");
        Terminal.Errors.MarkupLineInterpolated($"Stored provider keys are sealed with the master key, which is not in the file. Keep it apart: {services.GetRequiredService<IConfiguration>()[HostSettings.DataDirectory]}/master.key, or SWITCHYARD_MASTER_KEY.");
        return 0;
    }
}
