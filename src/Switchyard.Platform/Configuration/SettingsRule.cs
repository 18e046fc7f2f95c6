using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Configuration;

/// <summary>What an option must keep to; a failure names the setting and is said in the reader's language.</summary>
public static class SettingsRule
{
    private const string Setting = "setting";

    /// <summary>Refuses options for which <paramref name="holds"/> is false.</summary>
    /// <param name="options">The options.</param>
    /// <param name="setting">Key of the setting, for example <c>jobs:lease</c>.</param>
    /// <param name="holds">The rule.</param>
    /// <param name="key">Message that says the rule; it may name <c>{setting}</c> and <paramref name="args"/>.</param>
    /// <param name="args">Further values of the message.</param>
    public static OptionsBuilder<T> Demand<T>(
        this OptionsBuilder<T> options, string setting, Func<T, bool> holds, string key, params (string Name, object? Value)[] args)
        where T : class => options.Demand(o => holds(o) ? null : Broken(setting, key, args));

    /// <summary>Refuses options in which <paramref name="fault"/> finds something, made by <see cref="Broken"/>.</summary>
    public static OptionsBuilder<T> Demand<T>(this OptionsBuilder<T> options, Func<T, Phrase?> fault)
        where T : class
    {
        options.Services.AddSingleton<IValidateOptions<T>>(new Validation<T>(fault));
        return options;
    }

    /// <summary>What is wrong with <paramref name="setting"/>.</summary>
    public static Phrase Broken(string setting, string key, params (string Name, object? Value)[] args) => new(key, [(Setting, setting), .. args]);

    /// <summary>What a failure of option validation means; frameworks know failures as strings only.</summary>
    public static ConfigurationProblem Problem(string failure) => Phrase.TryRead(failure, out var phrase)
        ? new ConfigurationProblem(phrase.Args[Setting]?.ToString() ?? Configuration, phrase, new Phrase("settings.correct"))
        : new ConfigurationProblem(Configuration, new Phrase("settings.words", ("words", failure)), new Phrase("settings.correct"));

    private const string Configuration = "configuration";

    private sealed class Validation<T>(Func<T, Phrase?> fault) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) =>
            fault(options) is { } found ? ValidateOptionsResult.Fail(found.Write()) : ValidateOptionsResult.Success;
    }
}
