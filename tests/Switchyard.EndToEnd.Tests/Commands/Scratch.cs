using System.Text.Json;
using Switchyard.EndToEnd.Tests.Running;
using Switchyard.TestKit.Databases;

namespace Switchyard.EndToEnd.Tests.Commands;

/// <summary>An empty database and an empty directory, on which commands are run.</summary>
public sealed class Scratch : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("switchyard-commands-").FullName;

    /// <summary>Connection string.</summary>
    public string Database { get; private set; } = "";

    /// <summary>Data directory; made by the first command that needs it.</summary>
    public string Data => Path.Combine(_root, "data");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Database = await (await PostgresServer.SharedAsync()).CreateEmptyAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (await PostgresServer.SharedAsync()).DropAsync(Database);
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>Path of a file beside the data directory, with the given content.</summary>
    public string File(string name, string? content = null)
    {
        var path = Path.Combine(_root, name);
        if (content is not null) System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs a command on the database.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) => SwitchyardProgram.RunAsync([.. arguments, "--database", Database, "--data", Data]);

    /// <summary>The same, for its JSON; it must succeed.</summary>
    public async Task<JsonElement> AskAsync(params string[] arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        result.Code.ShouldBe(0, result.All);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
