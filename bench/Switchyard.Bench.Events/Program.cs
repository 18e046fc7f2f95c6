// Appends to the event log and delivers to live listeners, on a real PostgreSQL and a real Kestrel.
//
//   dotnet run -c Release --project bench/Switchyard.Bench.Events -- "Host=…;Database=…" [listeners] [seconds] [remark]
//
// Prints a table and writes bench/results/events.json. Server, listeners and writers share one process and the
// machine with the database: the figures are those of everything together.
using System.Text.Json;
using Npgsql;
using Spectre.Console;
using Switchyard.Bench.Events;

if (args.Length == 0)
{
    AnsiConsole.MarkupLine("Give the connection string of an [bold]empty[/] database, then optionally listeners (2000) and seconds a phase (10).");
    return 2;
}

var listeners = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 2000;
var seconds = args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 10;
await using var node = await BenchNode.StartAsync(args[0]);
var rows = new List<Measure>();

foreach (var (writers, batch) in new[] { (1, 1), (8, 1), (1, 100), (4, 100) })
    rows.Add(await AppendBench.RunAsync(node, writers, batch, TimeSpan.FromSeconds(seconds)));

await using (var crowd = await Crowd.JoinAsync(node, listeners))
{
    foreach (var rate in new[] { 1, 5, 20 })
        rows.Add(await crowd.MeasureAsync(rate, TimeSpan.FromSeconds(seconds)));
}

var table = new Table().AddColumns("what", "per second", "p50 ms", "p99 ms", "max ms", "note");
foreach (var r in rows)
    table.AddRow(r.What, $"{r.PerSecond:N0}", Number(r.P50), Number(r.P99), Number(r.Max), r.Note);
AnsiConsole.Write(table);

await using var command = node.Source.CreateCommand("select current_setting('fsync'), current_setting('synchronous_commit'), version()");
await using var reader = await command.ExecuteReaderAsync();
await reader.ReadAsync();
var report = new
{
    at = TimeProvider.System.GetUtcNow(),
    processors = Environment.ProcessorCount,
    // Above the number of processors, other work was taking part: the figures are then too bad, never too good.
    loadAverage = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null,
    remark = args.Length > 3 ? args[3] : null,
    fsync = reader.GetString(0),
    synchronousCommit = reader.GetString(1),
    postgres = reader.GetString(2),
    rows,
};
var directory = Directory.CreateDirectory(Path.Combine("bench", "results")).FullName;
await File.WriteAllTextAsync(Path.Combine(directory, "events.json"), JsonSerializer.Serialize(report, BenchJson.Options) + "\n");
return 0;

static string Number(double? value) => value is { } v ? $"{v:N1}" : "";
