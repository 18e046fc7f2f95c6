using Switchyard.Contracts.Models;

namespace Switchyard.EndToEnd.Tests;

public sealed class TaskTypeTests
{
    [Fact]
    public void There_are_nine_task_types_each_once() => TaskTypes.All.Distinct().Count().ShouldBe(9);
}
