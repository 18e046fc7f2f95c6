using Switchyard.Contracts.Events;

namespace Switchyard.Platform.Tests.EventLog;

public sealed record TestHappened(int Writer, int Number) : IEvent
{
    public static string Type => "test.happened";
}
