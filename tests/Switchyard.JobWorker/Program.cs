using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Jobs;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage;
using Switchyard.Platform.Tests.Jobs;

// switchyard-job-worker CONNECTION: a node that runs nothing but the counting job, as a process of its own that a test
// can kill. It waits a little before every batch, so that there is a middle to be killed in.
var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Configuration.AddInMemoryCollection([new("database:connection", args[0]), new("jobs:lease", "00:00:03"), new("jobs:reportEvery", "00:00:00.050")]);
builder.Services.AddSingleton(new ModuleSet([new PlatformModule()]));
builder.Services.AddSingleton(new DatabaseLocation(args[0], Embedded: false));
builder.AddStorage();
builder.AddEventLog();
builder.AddJobs();
builder.Services.AddJobHandler<CountingJob>();
using var host = builder.Build();
host.Services.GetServices<IJobHandler>().OfType<CountingJob>().Single().Before = (_, _, cancel) => Task.Delay(20, cancel);
await host.RunAsync();
