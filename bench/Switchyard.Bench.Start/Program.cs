// Starts the real program on an empty directory, stops it, starts it again: how long until it is ready, and what it
// holds when nobody asks for anything.
//
//   dotnet run -c Release --project bench/Switchyard.Bench.Start -- [rounds]
//
// Prints a table and writes bench/results/start.json.
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Switchyard.Bench.Start;
using Switchyard.TestKit;

var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var idleFor = TimeSpan.FromSeconds(10);
var (first, second) = (new List<double>(), new List<double>());
var memory = new List<Memory>();
for (var round = 0; round < rounds; round++)
{
    await using var server = new Installation();
    first.Add(await server.StartAsync());
    await server.StopAsync();
    second.Add(await server.StartAsync());
    await Task.Delay(idleFor);
    memory.Add(server.Memory());
    await server.StopAsync();
}

Row[] rows =
[
    Row.Of("first start, empty directory, ms to ready", first, null),
    Row.Of("second start, ms to ready", second, 2000),
    Row.Of("idle server, resident MB", memory.Select(m => m.ServerMb), 200),
    Row.Of("idle server, MB not mapped from files", memory.Select(m => m.ServerAnonymousMb), null),
    Row.Of("idle embedded PostgreSQL, MB (shared pages counted once)", memory.Select(m => m.PostgresMb), null),
];

var table = new Table().AddColumns("what", "median", "max", "bar");
foreach (var row in rows) table.AddRow(row.What, $"{row.Median:N0}", $"{row.Max:N0}", row.Bar is { } bar ? $"≤ {bar:N0}" : "");
AnsiConsole.Write(table);

var path = Path.Combine(Repository.Root, "bench/results/start.json");
await File.WriteAllTextAsync(path, JsonSerializer.Serialize(
    new { at = TimeProvider.System.GetUtcNow(), processors = Environment.ProcessorCount, rounds, rows },
    new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }) + "\n");
return rows.Any(r => r.Median > r.Bar) ? 1 : 0;
