namespace Switchyard.Gateway.Usage.Journal;

/// <summary>The name under which a journal's position is kept in the database; lives beside the segments.</summary>
internal static class NodeIdentity
{
    public static string Of(string directory)
    {
        var path = Path.Combine(directory, "node");
        if (File.Exists(path) && Guid.TryParse(File.ReadAllText(path).Trim(), out var known)) return known.ToString("N");
        var made = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var draft = path + ".new";
        File.WriteAllText(draft, made.ToString("N"));
        File.Move(draft, path, overwrite: true);
        return made.ToString("N");
    }
}
