using Switchyard.Platform.Access;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Pipeline.Authentication;

/// <summary>Says why a caller may not ask for a model; null when it may.</summary>
public delegate Problem? CheckModel(Caller caller, string model);
