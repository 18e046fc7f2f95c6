using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Switchyard.EndToEnd.Tests.Running;

namespace Switchyard.EndToEnd.Tests.Commands;

/// <summary>Every command in both languages: its help, what it says when all is well, and what when something is wrong.</summary>
public sealed partial class LanguageTests(Scratch scratch) : IClassFixture<Scratch>
{
    private static readonly string[] Commands =
        ["", "serve", "check", "doctor", "migrate", "keys", "keys list", "keys create", "keys revoke", "demo", "backup", "restore"];

    public static TheoryData<string> Languages => ["en_US.UTF-8", "zh_CN.UTF-8"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Help_says_what_every_command_and_option_is_for(string locale)
    {
        foreach (var command in Commands)
        {
            var help = await RunAsync(locale, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

            help.Code.ShouldBe(0, help.All);
            foreach (var line in help.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith("  switchyard", StringComparison.Ordinal)))
                Speaks(locale, line, help);
            help.Output.Split('\n').Where(l => Option().IsMatch(l)).ShouldAllBe(l => l.Trim().Contains("  "), "an option without words");
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task What_went_well_is_said(string locale)
    {
        await using var own = new Scratch();
        await own.InitializeAsync();
        string[] on = ["--database", own.Database, "--data", own.Data];
        var backup = own.File("words.backup");

        foreach (var words in new string[][]
        {
            ["migrate", "--dry-run"], ["migrate"], ["migrate"], ["keys", "create", "x"], ["keys", "list"], ["demo"], ["check"], ["doctor"],
            ["backup", "--output", backup], ["restore", backup, "--replace"],
        })
        {
            var result = await RunAsync(locale, [.. words, .. on]);
            result.Code.ShouldBe(0, result.All);
            Speaks(locale, result.Output + result.Errors, result);
        }

        var made = await RunAsync(locale, ["keys", "create", "y", "--json", .. on]);
        var id = System.Text.Json.JsonDocument.Parse(made.Output).RootElement.GetProperty("id").GetString()!;
        var revoked = await RunAsync(locale, ["keys", "revoke", id, .. on]);
        Speaks(locale, revoked.Output, revoked);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_first_line_of_the_service_is_said(string locale)
    {
        await using var own = new Scratch();
        await own.InitializeAsync();
        var start = SwitchyardProgram.Start(null, [], "serve", "--port", $"{FreePort()}", "--database", own.Database, "--data", own.Data);
        start.Environment["LC_ALL"] = locale;
        start.Environment["SWITCHYARD_GATEWAY__DETECT"] = "false";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync();
        await SwitchyardProgram.SignalAsync(process.Id, "TERM");
        await process.WaitForExitAsync();

        var result = new CommandResult(process.ExitCode, line ?? "", await errors);
        result.Code.ShouldBe(0, result.All);
        result.Output.ShouldContain("/welcome?token=");
        Speaks(locale, result.Output, result);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task What_went_wrong_is_said_with_its_cure(string locale)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";
        var nobody = $"Host=127.0.0.1;Port={FreePort()};Username=sy;Password=x;Database=none;Timeout=2";
        var text = scratch.File("text.backup", "no backup");
        string[] on = ["--database", scratch.Database, "--data", scratch.Data];
        await scratch.AskAsync("migrate");

        foreach (var (words, variable) in new (string[] Words, string Variable)[]
        {
            (["nonsense"], ""),
            (["keys"], ""),
            (["keys", "create"], ""),
            (["keys", "revoke", "abc"], ""),
            (["keys", "revoke", $"{Guid.CreateVersion7()}", .. on], ""),
            (["keys", "create", "x", "--scope", "emperor", .. on], ""),
            (["keys", "create", "x", "--days", "soon"], ""),
            (["serve", "--port", "70000"], ""),
            (["serve", "--port", port, .. on], ""),
            (["serve", "--config", "/nowhere.yaml"], ""),
            (["serve", "--database", "nonsense"], ""),
            (["serve", "--role", "emperor", .. on], ""),
            (["serve", .. on], "SWITCHYARD_JOBS__CONCURRENCY=1000"),
            (["serve", .. on], "SWITCHYARD_JOBS__LEASE=soon"),
            (["serve", .. on], "SWITCHYARD_GATEWAY__PROXY=ftp://x"),
            (["serve", .. on], "SWITCHYARD_FLAG_NEW=banana"),
            (["demo", .. on], "SWITCHYARD_MASTER_KEY=short"),
            (["migrate", "--database", nobody], ""),
            (["migrate", "--data", text], ""),
            (["backup", "--output", text, .. on], ""),
            (["backup", "--output", "/nowhere/x.backup", .. on], ""),
            (["restore", text, .. on], ""),
            (["restore", "/nowhere.backup", .. on], ""),
            (["check", "--database", nobody], ""),
            (["check", "--config", "/nowhere.yaml"], ""),
            (["doctor", "--database", nobody], ""),
        })
        {
            var result = await RunAsync(locale, words, variable);
            result.Code.ShouldBe(1, result.All);
            var said = words[0] is "check" or "doctor" ? result.Output : result.Errors;
            foreach (var line in said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('{'))) Speaks(locale, line, result);
            said.ShouldNotBeNullOrWhiteSpace(result.All);
        }
    }

    [Theory]
    [InlineData("zh-CN", "en_US.UTF-8", "用法")]
    [InlineData("en", "zh_CN.UTF-8", "Usage")]
    [InlineData("", "zh_CN.UTF-8", "用法")]
    [InlineData("", "fr_FR.UTF-8", "Usage")]
    public async Task A_language_of_its_own_stands_above_the_terminals(string own, string locale, string word)
    {
        var help = await SwitchyardProgram.RunAsync(new Dictionary<string, string> { ["SWITCHYARD_LANGUAGE"] = own, ["LC_ALL"] = locale }, "--help");

        help.Output.ShouldContain(word, Case.Sensitive, help.All);
    }

    // Start() takes every SWITCHYARD_ variable away and sets LC_ALL, which stands above LC_MESSAGES and LANG.
    private static Task<CommandResult> RunAsync(string locale, string[] words, string variable = "")
    {
        var environment = new Dictionary<string, string> { ["LC_ALL"] = locale };
        if (variable.Split('=', 2) is [var name, var value]) environment[name] = value;
        return SwitchyardProgram.RunAsync(environment, words);
    }

    private static void Speaks(string locale, string said, CommandResult result)
    {
        if (locale.StartsWith("en", StringComparison.Ordinal))
        {
            Chinese().IsMatch(said).ShouldBeFalse($"{said}\n\n{result.All}");
            return;
        }

        Chinese().IsMatch(said).ShouldBeTrue($"{said}\n\n{result.All}");
        English().Match(said).Value.ShouldBe("", $"{said}\n\n{result.All}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    // Names and values stay what they are; four words in a row are a sentence.
    [GeneratedRegex(@"\b[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}\b", RegexOptions.IgnoreCase)]
    private static partial Regex English();

    [GeneratedRegex(@"^  (-|<)")]
    private static partial Regex Option();
}
