namespace Switchyard.Gateway.Providers;

/// <summary>A model name that could leave the provider's path. The name itself is left out: it may be hostile.</summary>
public sealed class UnsafeModelNameException() : Exception("The model name holds characters that model names cannot have.");
