using Switchyard.Gateway;
using Switchyard.Platform.Http.Inline;
using Switchyard.Platform.Modules;
using Switchyard.Server.Commands;

InlineCompletions.Prepare();

// The modules, platform first: the order of registration, of migrations and of the command 'demo'.
ModuleSet modules = new(
[
    new PlatformModule(),
    new GatewayModule(),
]);

return await RootCommands.RunAsync(modules, args);
