using Microsoft.Extensions.Logging.Abstractions;
using Switchyard.Platform.Storage.Embedded;

namespace Switchyard.TestKit.Databases;

/// <summary>The PostgreSQL that comes with Switchyard, on a throw-away directory, for the second flavour of the tests.</summary>
internal static class EmbeddedServer
{
    public static async Task<string> StartAsync()
    {
        var scratch = Directory.CreateTempSubdirectory("switchyard-embedded-");
        // The unprivileged user that runs the server must be able to pass through.
        File.SetUnixFileMode(scratch.FullName, File.GetUnixFileMode(scratch.FullName) | UnixFileMode.OtherExecute);
        var data = DataDirectory.At(Path.Combine(scratch.FullName, "data"));
        var server = await EmbeddedPostgres.StartAsync(data, NullLogger.Instance, TimeProvider.System, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
            scratch.Delete(recursive: true);
        };
        // By TCP, so that a fault proxy can stand before it.
        return new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Port = server.Port }.ConnectionString;
    }
}
