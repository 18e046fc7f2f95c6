using Dapper;

namespace Switchyard.TestKit.Tests;

public sealed class DatabaseTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Every_test_class_gets_an_empty_database_of_a_supported_version()
    {
        await using var connection = await database.Source.OpenConnectionAsync();

        connection.PostgreSqlVersion.Major.ShouldBeInRange(15, 18);
        (await connection.ExecuteScalarAsync<string>("select current_database()")).ShouldStartWith("test_");
    }

    [Fact]
    public async Task The_database_does_not_run_as_root()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var backend = await connection.ExecuteScalarAsync<int>("select pg_backend_pid()");

        var owner = File.ReadLines($"/proc/{backend}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        owner.Split('\t')[1].ShouldNotBe("0");
    }
}
