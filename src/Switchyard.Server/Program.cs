using Switchyard.Gateway;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Migrations;

var modules = new ModuleSet([new PlatformModule(), new GatewayModule()]);
var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(Messages.Load(modules.All.Select(m => m.GetType().Assembly)));
modules.AddServices(builder);
var app = builder.Build();
await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
app.UseHttp();
app.UseRouting();
app.UseAccess();
app.UseIdempotency();
modules.MapEndpoints(app);
await app.RunAsync();
