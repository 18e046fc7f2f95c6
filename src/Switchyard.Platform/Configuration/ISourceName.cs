namespace Switchyard.Platform.Configuration;

/// <summary>A configuration provider that can say where a value of its stands.</summary>
internal interface ISourceName
{
    /// <summary>For example <c>environment SWITCHYARD_DATABASE</c>.</summary>
    string SourceOf(string key);
}
