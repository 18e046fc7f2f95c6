using Switchyard.Bench.Gateway;

// One command: dotnet run -c Release --project bench/Switchyard.Bench.Gateway
// Verbs: (none) everything · quick · profile <seconds> (load on Switchyard alone; prints its process id) · memory [requests] · mock <port> (used by the others)
return args switch
{
    ["mock", var port] => await MockUpstream.RunAsync(int.Parse(port)),
    ["memory", .. var rest] => await Bench.RunAsync(rounds: 0, seconds: 0, memoryRequests: rest.Length > 0 ? long.Parse(rest[0]) : 1_000_000),
    ["profile", var seconds] => await Bench.ProfileAsync(int.Parse(seconds)),
    ["against", .. var builds] => await Bench.AgainstAsync(builds, rounds: 5, seconds: 2),
    ["quick"] => await Bench.RunAsync(rounds: 1, seconds: 3, memoryRequests: 0),
    [] => await Bench.RunAsync(rounds: 5, seconds: 4, memoryRequests: 1_000_000),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Verbs: (none), quick, profile <seconds>, against <switchyard.dll>..., memory [requests], mock <port>");
    return 2;
}
