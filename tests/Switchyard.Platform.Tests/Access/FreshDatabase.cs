namespace Switchyard.Platform.Tests.Access;

/// <summary>A database for one test alone.</summary>
internal sealed class FreshDatabase(MigratedDatabase database) : IAsyncDisposable
{
    public string ConnectionString => database.ConnectionString;

    public static async Task<FreshDatabase> CreateAsync()
    {
        var database = new MigratedDatabase();
        await database.InitializeAsync();
        return new FreshDatabase(database);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
