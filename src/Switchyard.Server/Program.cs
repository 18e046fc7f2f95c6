using Switchyard.Gateway;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Migrations;

var modules = new ModuleSet([new PlatformModule(), new GatewayModule()]);
var builder = WebApplication.CreateSlimBuilder(args);
modules.AddServices(builder);
var app = builder.Build();
modules.MapEndpoints(app);
await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
await app.RunAsync();
