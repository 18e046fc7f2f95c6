using System.Globalization;
using System.Runtime.InteropServices;
using Switchyard.TestKit.Providers;

// switchyard-mock [port] [--lean]: the mock providers as a program of their own, for browser tests, benchmarks
// and for trying Switchyard without a vendor. --lean keeps neither headers nor bodies on the bill.
var port = args.FirstOrDefault(a => !a.StartsWith('-')) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 11999;
await using var mock = await MockProviders.StartAsync(port);
mock.KeepBodies = !args.Contains("--lean");

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

#pragma warning disable RS0030 // A program's own output; nothing here logs.
await Console.Out.WriteLineAsync($"Mock providers on {mock.Address} · bill: {mock.Address}mock/bill · scripts: {mock.Address}mock/scripts");
#pragma warning restore RS0030

await mock.WaitForShutdownAsync(stop.Token);

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
