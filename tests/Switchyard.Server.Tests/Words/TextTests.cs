using Microsoft.Extensions.DependencyInjection;
using Switchyard.Gateway;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Server.Commands;
using Switchyard.Server.Tests.Running;

namespace Switchyard.Server.Tests.Words;

/// <summary>What has its text under a name of its own: commands, options, settings, parts of the sample data.</summary>
public sealed class TextTests(RunningNode node) : IClassFixture<RunningNode>
{
    private const string LogLevels = "logging:logLevel:";
    private static readonly Messages Texts = Messages.Load([typeof(PlatformModule).Assembly, typeof(GatewayModule).Assembly, typeof(RootCommands).Assembly]);

    [Fact]
    public void Every_command_option_and_argument_says_what_it_is_for()
    {
        var root = RootCommands.Create(new ModuleSet([new PlatformModule(), new GatewayModule()]));

        var keys = CommandTexts.Symbols(root).Select(s => s.Key).Distinct().ToList();

        keys.Count.ShouldBeGreaterThan(30);
        foreach (var key in keys) Speaks(key);
    }

    [Fact]
    public void Every_setting_says_what_it_does()
    {
        var settings = node.Services.GetServices<Setting>().Select(s => s.Key).Distinct().ToList();

        settings.Count.ShouldBeGreaterThan(30);
        foreach (var key in settings)
            Speaks(key.StartsWith(LogLevels, StringComparison.Ordinal) && key != HostSettings.LogLevel ? "setting.logging:logLevel" : $"setting.{key}");
    }

    [Fact]
    public void Every_text_of_a_command_belongs_to_one()
    {
        var root = RootCommands.Create(new ModuleSet([new PlatformModule(), new GatewayModule()]));
        var named = CommandTexts.Symbols(root).SelectMany(s => new[] { s.Key, $"{s.Key}.value" }).ToHashSet();

        Texts.Keys(Language.English).Where(k => k.Split('.')[0] is "command" or "option" or "argument").Where(k => !named.Contains(k)).ShouldBeEmpty();
    }

    private static void Speaks(string key)
    {
        foreach (var language in Language.All) Texts.Find(language, key).ShouldNotBeNullOrWhiteSpace($"{key} in {language}");
    }
}
