using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Switchyard.Gateway.Keys;
using Switchyard.Platform.Access;
using Switchyard.Platform.Access.Keys;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Server.Hosting;

namespace Switchyard.Server.Commands;

/// <summary><c>switchyard keys</c>: lists, makes and revokes API keys.</summary>
internal static class KeysCommand
{
    private const int Most = 1000;
    private static readonly Argument<string> Name = new("name") { Description = "What people call the key" };
    private static readonly Argument<Guid> Id = new("id") { Description = "Id of the key" };
    private static readonly Option<string[]> Scopes = new("--scope")
    {
        Description = $"What it may do; several allowed: {string.Join(", ", GrantSets.Scopes)}", DefaultValueFactory = _ => ["client"], AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> Models = new("--model")
    {
        Description = "What it may ask for; several allowed: a model, provider/model, or a beginning with *; everything when left out", AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int?> Days = new("--days") { Description = "Days until it expires; never when left out" };

    public static Command Create(ModuleSet modules)
    {
        var list = new Command("list", "List the keys, newest first");
        list.SetAction((parsed, cancel) => WithAsync(modules, parsed, ListAsync, cancel));
        var create = new Command("create", "Make a key; its secret is shown this once") { Name, Scopes, Models, Days };
        create.SetAction((parsed, cancel) => WithAsync(modules, parsed, CreateAsync, cancel));
        var revoke = new Command("revoke", "Revoke a key on every node within two seconds") { Id };
        revoke.SetAction((parsed, cancel) => WithAsync(modules, parsed, RevokeAsync, cancel));
        return new Command("keys", "List, make and revoke API keys") { list, create, revoke };
    }

    private static async Task<int> WithAsync(
        ModuleSet modules, ParseResult parsed, Func<ParseResult, IServiceProvider, CancellationToken, Task> act, CancellationToken cancel)
    {
        await using var installation = await Installation.OpenAsync(modules, GlobalOptions.Read(parsed), cancel);
        await installation.Services.GetRequiredService<Migrator>().MigrateAsync(cancel);
        await act(parsed, installation.Services, cancel);
        return 0;
    }

    private static async Task ListAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var keys = await services.GetRequiredService<ApiKeys>().ListAsync(Tenants.Default, null, Most, cancel);
        var models = await services.GetRequiredService<KeyEditor>().AllowedModelsAsync(Tenants.Default, [.. keys.Select(k => k.Id)], cancel);
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Terminal.WriteJson(new { items = keys.Select(k => new { k.Id, k.Name, k.Prefix, k.Owner, k.Scopes, allowedModels = models.GetValueOrDefault(k.Id) ?? [], k.CreatedAt, k.ExpiresAt, k.LastUsedAt, status = k.StatusAt(now) }) });
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Id", "Name", "Begins with", "Scopes", "Models", "Status", "Last used");
        foreach (var key in keys)
            table.AddRow([.. new[] { $"{key.Id}", key.Name, key.Prefix, string.Join(' ', key.Scopes), models.TryGetValue(key.Id, out var only) ? string.Join(' ', only) : "all", key.StatusAt(now), Time(key.LastUsedAt) }.Select(Markup.Escape)]);
        Terminal.Output.Write(table);
    }

    private static async Task CreateAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var expires = parsed.GetValue(Days) is { } days ? services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(days) : (DateTimeOffset?)null;
        var made = await services.GetRequiredService<KeyEditor>().CreateAsync(
            Caller.System(Tenants.Default), parsed.GetRequiredValue(Name), parsed.GetRequiredValue(Scopes), expires, parsed.GetValue(Models), cancel);
        if (!made.Ok) throw Refusal(services, made.Problem);
        if (parsed.GetValue(GlobalOptions.Json)) Terminal.WriteJson(new { made.Value.Key.Id, made.Value.Key.Name, made.Value.Key.Scopes, made.Value.Key.ExpiresAt, made.Value.Secret });
        else
        {
            // The secret alone on standard output, so that a script can take it.
            Terminal.Errors.MarkupLineInterpolated($"Key [bold]{made.Value.Key.Name}[/] ({made.Value.Key.Id}) may: {string.Join(", ", made.Value.Key.Scopes)}. This is the only time that it is shown:");
            Terminal.WriteLine(made.Value.Secret);
        }
    }

    private static async Task RevokeAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var id = parsed.GetRequiredValue(Id);
        if (await services.GetRequiredService<KeyEditor>().RevokeAsync(Caller.System(Tenants.Default), id, cancel) is { } problem) throw Refusal(services, problem);
        if (parsed.GetValue(GlobalOptions.Json)) Terminal.WriteJson(new { id, status = "revoked" });
        else Terminal.Output.MarkupLineInterpolated($"Key {id} is revoked.");
    }

    private static CommandException Refusal(IServiceProvider services, Problem problem)
    {
        var messages = services.GetRequiredService<Messages>();
        var inner = problem.Inner.Count > 0 ? problem.Inner : [problem];
        return new CommandException(string.Join(Environment.NewLine, inner.Select(p =>
            $"{ProblemText.Detail(messages, Language.English, p)} {ProblemText.Cure(messages, Language.English, p)}")));
    }

    private static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never";
}
