using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Switchyard.Gateway.Keys;
using Switchyard.Platform.Access;
using Switchyard.Platform.Access.Keys;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Server.Hosting;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary><c>switchyard keys</c>: lists, makes and revokes API keys, and rotates the master key.</summary>
internal static class KeysCommand
{
    private const int Most = 1000;
    private static readonly string[] Columns = ["id", "name", "prefix", "scopes", "models", "status", "lastUsed"];
    private static readonly Argument<string> Name = new("name");
    private static readonly Argument<Guid> Id = new("id") { CustomParser = Values.Id };
    private static readonly Option<string[]> Scopes = new("--scope") { DefaultValueFactory = _ => ["client"], AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Models = new("--model") { AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int?> Days = new("--days") { CustomParser = Values.Number };

    public static Command Create(ModuleSet modules)
    {
        var list = new Command("list");
        list.SetAction((parsed, cancel) => WithAsync(modules, parsed, ListAsync, cancel));
        var create = new Command("create") { Name, Scopes, Models, Days };
        create.SetAction((parsed, cancel) => WithAsync(modules, parsed, CreateAsync, cancel));
        var revoke = new Command("revoke") { Id };
        revoke.SetAction((parsed, cancel) => WithAsync(modules, parsed, RevokeAsync, cancel));
        var rotate = new Command("rotate-master");
        rotate.SetAction((parsed, cancel) => WithAsync(modules, parsed, MasterKeyRotation.RunAsync, cancel));
        return new Command("keys") { list, create, revoke, rotate };
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

        var table = new Table().Border(TableBorder.Simple).AddColumns([.. Columns.Select(column => Markup.Escape(Say($"keys.column.{column}")))]);
        foreach (var key in keys)
            table.AddRow([.. new[] { $"{key.Id}", key.Name, key.Prefix, string.Join(' ', key.Scopes), models.TryGetValue(key.Id, out var only) ? string.Join(' ', only) : Say("keys.models.all"), Say($"keys.status.{key.StatusAt(now)}"), Time(key.LastUsedAt) }.Select(Markup.Escape)]);
        Terminal.Output.Write(table);
    }

    private static async Task CreateAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var expires = parsed.GetValue(Days) is { } days ? services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(days) : (DateTimeOffset?)null;
        var made = await services.GetRequiredService<KeyEditor>().CreateAsync(
            Caller.System(Tenants.Default), parsed.GetRequiredValue(Name), parsed.GetRequiredValue(Scopes), expires, parsed.GetValue(Models), cancel);
        if (!made.Ok) throw new RefusedException(made.Problem);
        if (parsed.GetValue(GlobalOptions.Json)) Terminal.WriteJson(new { made.Value.Key.Id, made.Value.Key.Name, made.Value.Key.Scopes, made.Value.Key.ExpiresAt, made.Value.Secret });
        else
        {
            // The secret alone on standard output, so that a script can take it.
            Terminal.Errors.MarkupLineInterpolated($"{Say("keys.made", ("name", made.Value.Key.Name), ("id", made.Value.Key.Id), ("scopes", string.Join(", ", made.Value.Key.Scopes)))}");
            Terminal.WriteLine(made.Value.Secret);
        }
    }

    private static async Task RevokeAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var id = parsed.GetRequiredValue(Id);
        if (await services.GetRequiredService<KeyEditor>().RevokeAsync(Caller.System(Tenants.Default), id, cancel) is { } problem) throw new RefusedException(problem);
        if (parsed.GetValue(GlobalOptions.Json)) Terminal.WriteJson(new { id, status = "revoked" });
        else Terminal.Output.MarkupLineInterpolated($"{Say("keys.revoked", ("id", id))}");
    }

    private static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? Say("keys.never");
}
