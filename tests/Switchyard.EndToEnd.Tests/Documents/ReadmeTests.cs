using System.Diagnostics;
using System.Text.RegularExpressions;
using Switchyard.EndToEnd.Tests.Running;

namespace Switchyard.EndToEnd.Tests.Documents;

/// <summary>What the README tells a newcomer to type is typed here, word for word but for address and key.</summary>
public sealed partial class ReadmeTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private const string Model = "openai/gpt-4o-mini";
    private static readonly string Readme = File.ReadAllText(Repository.Path("README.md"));

    [Fact]
    public async Task The_first_call_by_curl_is_answered()
    {
        var answer = await RunAsync("bash", ["-c", Snippet("sh", "curl ")], Repository.Root);

        answer.ShouldContain("\"chat.completion\"");
        gateway.Mock.Bill.For(Model["openai/".Length..]).ShouldContain(call => call.Text.Contains("\"Hello\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_call_by_JavaScript_is_answered()
    {
        var directory = Repository.Path("tests", "clients-js");
        // The snippet says nothing of what it got; a script beside it may ask.
        var code = Snippet("js", "messages.create").Replace("await client.messages", "const answer = await client.messages", StringComparison.Ordinal);

        var output = await RunAsync("node", ["--input-type=module", "-e", code + "\nconsole.log(answer.content[0].text);"], directory);

        output.Trim().ShouldNotBeEmpty();
    }

    [Fact]
    public void The_Python_snippet_asks_for_what_the_others_ask_for()
    {
        // No Python is at hand; its client is the one that the .NET and JavaScript tests use in their languages.
        var code = Snippet("python", "OpenAI(");
        code.ShouldContain($"base_url=\"{gateway.Server.Address}v1\"");
        code.ShouldContain($"model=\"{Model}\"");
    }

    [Fact]
    public async Task The_first_command_starts_the_server_and_the_last_one_the_mock_provider()
    {
        var (port, data) = (FreePort(), Directory.CreateTempSubdirectory("switchyard-readme-"));
        File.SetUnixFileMode(data.FullName, File.GetUnixFileMode(data.FullName) | UnixFileMode.OtherExecute);
        var serve = Command("dotnet run --project src/Switchyard.Server");
        await StartsAsync($"{serve} -- --port {port} --data {data.FullName}/data --demo", new Uri($"http://127.0.0.1:{port}/health/ready"));
        data.Delete(recursive: true);

        var mock = FreePort();
        await StartsAsync($"{Command("dotnet run --project tests/Switchyard.MockProvider")} -- {mock}", new Uri($"http://127.0.0.1:{mock}/mock/scripts"));
        Readme.ShouldContain("http://127.0.0.1:11999");
    }

    /// <summary>A line of the README, told to take what is built already.</summary>
    private static string Command(string words)
    {
        Readme.ShouldContain("\n" + words);
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        return words.Replace("dotnet run", $"dotnet run --no-build -c {configuration}", StringComparison.Ordinal);
    }

    private static async Task StartsAsync(string command, Uri sign)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", $"exec {command}"])
        {
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            using var http = TestHttp.Client(sign);
            await Eventually.IsTrue(
                async () =>
                {
                    if (process.HasExited) throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {await output} {await errors}");
                    return await AnswersAsync(http, sign);
                },
                $"{command} answers at {sign}",
                TimeSpan.FromSeconds(120));
        }
        finally
        {
            // 'dotnet run' passes the signal on to what it runs and waits for it.
            if (!process.HasExited) await SwitchyardProgram.SignalAsync(process.Id, "TERM");
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri sign)
    {
        try
        {
            using var answer = await http.GetAsync(sign);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The block of a language that holds <paramref name="mark"/>, pointed at the server of this test.</summary>
    private string Snippet(string language, string mark)
    {
        var block = Blocks().Matches(Readme).Single(m => m.Groups["language"].Value == language && m.Groups["code"].Value.Contains(mark, StringComparison.Ordinal));
        return block.Groups["code"].Value.Replace("http://127.0.0.1:8080", gateway.Server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string program, string[] arguments, string directory)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SWITCHYARD_KEY"] = gateway.ClientKey;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(90));
        process.ExitCode.ShouldBe(0, $"{await output} {await errors}");
        return await output;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("```(?<language>[a-z]+)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
