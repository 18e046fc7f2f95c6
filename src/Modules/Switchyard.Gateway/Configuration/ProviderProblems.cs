using Switchyard.Gateway.Configuration.Testing;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Configuration;

/// <summary>Refusals of changes to providers.</summary>
public static class ProviderProblems
{
    /// <summary>No provider with this id in the caller's tenant.</summary>
    public static Problem NotFound(Guid id) => CommonProblems.NotFound("provider", id);

    /// <summary>The active provider can be neither deleted nor switched off.</summary>
    public static Problem IsActive(string name) => new Problem("provider_active", 409).With("name", name);

    /// <summary>A kind cannot be changed afterwards.</summary>
    public static Problem KindFixed(string kind) => new Problem("provider_kind_fixed", 400, "kind").With("kind", kind);

    /// <summary>A change needs to say which version it is based on.</summary>
    public static Problem VersionNeeded => new("if_match_required", 428, "If-Match");

    /// <summary>Only an enabled provider can become active.</summary>
    public static Problem Disabled(string name) => new Problem("provider_disabled", 409).With("name", name);

    /// <summary>It has no key, but its kind needs one.</summary>
    public static Problem NeedsKey(string name) => new Problem("provider_needs_key", 409, "apiKey").With("name", name);

    /// <summary>The connection test before the activation failed; the whole report comes along.</summary>
    public static Problem TestFailed(string name, ConnectionReport report) =>
        new Problem("provider_test_failed", 409) { Extensions = new Dictionary<string, object?> { ["test"] = report } }
            .With("name", name).With("message", report.Failed?.Message);

    /// <summary>Its stored form cannot be used: unknown kind, or a key that cannot be opened.</summary>
    public static Problem Unusable(string name) => new Problem("provider_unusable", 409).With("name", name);

    /// <summary>The operator switched every call off.</summary>
    public static Problem CallsOff => new("calls_disabled", 503);

    /// <summary>The provider was changed while it was tested.</summary>
    public static Problem ChangedMeanwhile(string name) => new Problem("provider_changed_meanwhile", 409).With("name", name);
}
