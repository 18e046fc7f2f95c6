namespace Switchyard.Platform.Jobs;

/// <summary>Another node has taken this job over, or it was ended: the handler must stop and undo nothing.</summary>
public sealed class JobLostException() : Exception("The job belongs to another node now.");
