namespace Switchyard.Platform.Operations;

/// <summary>A module's sample data, loaded by <c>--demo</c> and <c>switchyard demo</c>. Register any number.</summary>
public interface IDemoData
{
    /// <summary>What it is, for the progress display, for example <c>providers</c>.</summary>
    string Name { get; }

    /// <summary>Loads the data; finds out itself what is there already, so that a second run adds nothing.</summary>
    /// <returns>Number of things added.</returns>
    Task<int> LoadAsync(CancellationToken cancel);
}
