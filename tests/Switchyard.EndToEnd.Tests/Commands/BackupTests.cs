using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Switchyard.EndToEnd.Tests.Running;
using Switchyard.Platform.Storage.Backups;

namespace Switchyard.EndToEnd.Tests.Commands;

/// <summary>A backup of a running installation, restored somewhere else: the same data, and the same secrets open.</summary>
[Trait("Database", "Both")]
public sealed class BackupTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    [Fact]
    public async Task What_was_backed_up_from_one_database_serves_from_another()
    {
        for (var i = 0; i < 3; i++) (await CallAsync(gateway.Server.Address, gateway.ClientKey)).ShouldBe(HttpStatusCode.OK);
        await Eventually.Pass(async () => (await UsageRecord.ReadAllAsync(gateway)).Count.ShouldBe(3), TimeSpan.FromSeconds(60));
        var file = Path.Combine(gateway.Server.Data, "all.backup");

        var backup = await SwitchyardProgram.RunAsync("backup", "--output", file, "--database", gateway.Database, "--data", gateway.Server.Data);

        backup.Code.ShouldBe(0, backup.All);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, "it holds everything");
        (await RefusedAsync("backup", "--output", file, "--database", gateway.Database, "--data", gateway.Server.Data)).ShouldContain("exists");
        (await RefusedAsync("restore", file, "--database", gateway.Database, "--data", gateway.Server.Data)).ShouldContain("Nodes still work");
        (await RefusedAsync("restore", Damaged(file), "--data", gateway.Server.Data)).ShouldContain("damaged");
        await DamageAnywhereIsToldAsync(file);

        // Into the embedded database of a new directory, which is given the master key and nothing else.
        await using var there = ServerProcess.Prepare(null, database: null);
        Directory.CreateDirectory(there.Data);
        File.Copy(Path.Combine(gateway.Server.Data, "master.key"), Path.Combine(there.Data, "master.key"));
        var restored = await SwitchyardProgram.RunAsync("restore", file, "--data", there.Data);
        restored.Code.ShouldBe(0, restored.All);
        (await RefusedAsync("restore", file, "--data", there.Data)).ShouldContain("--replace");
        (await SwitchyardProgram.RunAsync("restore", file, "--replace", "--data", there.Data)).Code.ShouldBe(0);
        await there.StartAsync();

        using var admin = there.AsAdmin();
        foreach (var path in new[] { "/admin/config/llm", "/api/admin/keys", "/api/v1/llm/requests", "/api/v1/llm/stats", "/admin/config/prices", "/api/admin/users" })
            Stable(await admin.GetStringAsync(new Uri(path, UriKind.Relative))).ShouldBe(Stable(await gateway.Admin.GetStringAsync(new Uri(path, UriKind.Relative))), path);
        (await admin.GetFromJsonAsync<JsonElement>(new Uri("/api/admin/audit/verify", UriKind.Relative))).GetProperty("ok").GetBoolean().ShouldBeTrue();
        gateway.Mock.Bill.Clear();
        await Eventually.Pass(async () => (await CallAsync(there.Address, gateway.ClientKey)).ShouldBe(HttpStatusCode.OK), TimeSpan.FromSeconds(30));
        gateway.Mock.Bill.For("ok").ShouldContain(c => c.Headers["authorization"] == $"Bearer {RunningGateway.VendorKey}", "the sealed key opens");
    }

    /// <summary>Without what changes while nobody does anything, and without the range that an answer covers.</summary>
    private static string Stable(string json)
    {
        var text = System.Text.RegularExpressions.Regex.Replace(json, "\"(lastUsedAt|from|to|health|lastTest|status)\":(\"[^\"]*\"|null|\\{[^}]*\\})", "");
        return text;
    }

    /// <summary>Whatever byte is wrong: the file is refused as a backup, or the byte was of no account.</summary>
    private static async Task DamageAnywhereIsToldAsync(string file)
    {
        const int Places = 300;
        var bytes = await File.ReadAllBytesAsync(file);
        var refused = 0;
        for (var i = 0; i < Places; i++)
        {
            var at = (int)((long)bytes.Length * i / Places);
            bytes[at] ^= 0xff;
            await File.WriteAllBytesAsync(file + ".any", bytes);
            bytes[at] ^= 0xff;
            try
            {
                using var backup = BackupFile.Open(file + ".any");
                await backup.VerifyAsync(CancellationToken.None);
            }
            catch (BackupException)
            {
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(Places / 4);
    }

    private static string Damaged(string file)
    {
        var copy = file + ".damaged";
        var bytes = File.ReadAllBytes(file);
        // Rows lie in the front of the file, its directory at the end; so many bytes are never all of no account.
        foreach (ref var b in bytes.AsSpan(bytes.Length / 3, 200)) b ^= 0xff;
        File.WriteAllBytes(copy, bytes);
        return copy;
    }

    private static async Task<string> RefusedAsync(params string[] arguments)
    {
        var result = await SwitchyardProgram.RunAsync(arguments);
        result.Code.ShouldBe(1, result.All);
        result.Errors.ShouldNotContain("   at ");
        return result.Errors;
    }

    private static async Task<HttpStatusCode> CallAsync(Uri address, string key)
    {
        using var http = TestHttp.Client(address);
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var response = await http.PostAsJsonAsync("/v1/chat/completions", new { model = "openai/ok", messages = new[] { new { role = "user", content = "Hi" } } });
        return response.StatusCode;
    }
}
