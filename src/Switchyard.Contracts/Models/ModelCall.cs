namespace Switchyard.Contracts.Models;

/// <summary>
/// Keys that a workload may set in <c>ChatOptions.AdditionalProperties</c> when it calls a model through
/// <c>IChatClient</c>. They travel into the usage record and, later, into budgets and routing. The last ones come back in
/// the answer's own additional properties.
/// </summary>
public static class ModelCall
{
    /// <summary>One of <see cref="TaskTypes"/>; selects the route where no model is named.</summary>
    public const string TaskType = "switchyard.task-type";

    /// <summary>Feature that spends, for example <c>deals.extraction</c>.</summary>
    public const string Feature = "switchyard.feature";

    /// <summary>Deal that the call belongs to (<see cref="Guid"/> or its text form).</summary>
    public const string Deal = "switchyard.deal";

    /// <summary>Analysis cycle that the call belongs to (<see cref="Guid"/> or its text form).</summary>
    public const string Cycle = "switchyard.cycle";

    /// <summary>Tenant that pays (<see cref="Guid"/>); the default tenant when absent.</summary>
    public const string Tenant = "switchyard.tenant";

    /// <summary>Person on whose behalf the call is made.</summary>
    public const string User = "switchyard.user";

    /// <summary>In answers: id of the request, by which the request log finds it.</summary>
    public const string RequestId = "switchyard.request-id";

    /// <summary>In answers: name of the provider that answered.</summary>
    public const string Provider = "switchyard.provider";

    /// <summary>In answers: cost (<see cref="decimal"/>); absent when the price is unknown.</summary>
    public const string Cost = "switchyard.cost";

    /// <summary>In answers: currency of <see cref="Cost"/>, ISO 4217.</summary>
    public const string Currency = "switchyard.currency";

    /// <summary>In answers: what a translation could not carry (<see cref="string"/> array); absent when nothing was lost.</summary>
    public const string Loss = "switchyard.loss";
}
