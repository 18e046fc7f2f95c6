using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Switchyard.Gateway.InProcess;

/// <summary>How values of callers become JSON: as the abstractions write them, without line breaks and indentation.</summary>
internal static class InProcessJson
{
    public static JsonSerializerOptions Options { get; } = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };
}
