namespace Switchyard.TestKit;

/// <summary>Finds files of the repository from wherever the tests run.</summary>
public static class Repository
{
    /// <summary>The directory that holds <c>Switchyard.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Full path of something below the root.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "Switchyard.slnx"))) return directory.FullName;
        }

        throw new InvalidOperationException($"No Switchyard.slnx above {AppContext.BaseDirectory}.");
    }
}
