using System.Globalization;
using System.Text.RegularExpressions;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Configuration;

/// <summary>What makes a provider's configuration valid. Pure; tells all faults at once.</summary>
public sealed partial class ProviderRules(ProviderCatalog catalog, EndpointRules endpoints)
{
    private const int MaxModels = 500;
    private const int MaxKeyLength = 4096;
    private const int MaxOptionLength = 200;
    private const int DefaultConnectMs = 3_000;
    private const int DefaultTotalMs = 600_000;

    /// <summary>The form as a draft, or one problem that lists everything that is wrong with it.</summary>
    /// <param name="form">What was sent.</param>
    /// <param name="keyNeeded">True when a kind that needs a key must get it with this form (a new provider).</param>
    public Result<ProviderDraft> Check(ProviderForm form, bool keyNeeded)
    {
        var faults = new List<Problem>();
        var name = Name(form.Name, faults);
        var kind = Kind(form.Kind, faults);
        var mode = Mode(form.Mode, kind, faults);
        var endpoint = endpoints.Read(form.Endpoint, kind, mode, faults);
        var key = Key(form.ApiKey, kind, keyNeeded, faults);
        var models = Models(form.Models, faults);
        var options = Options(form.Options, kind, faults);
        var connect = Range("connectTimeoutMs", form.ConnectTimeoutMs, DefaultConnectMs, 100, 60_000, faults);
        var total = Range("totalTimeoutMs", form.TotalTimeoutMs, DefaultTotalMs, 1_000, 3_600_000, faults);
        if (kind is not null && endpoint is not null) faults.AddRange(kind.Check(endpoint, options));
        return faults.Count > 0
            ? CommonProblems.Invalid(faults)
            : new ProviderDraft(name, kind!, endpoint!, mode!.Value, key, models, options, form.Enabled ?? true, connect, total);
    }

    private static string Name(string? name, List<Problem> faults)
    {
        if (string.IsNullOrWhiteSpace(name)) faults.Add(CommonProblems.Required("name"));
        else if (!NameForm().IsMatch(name)) faults.Add(new Problem("provider_name_malformed", 400, "name"));
        return name ?? "";
    }

    private ProviderKind? Kind(string? id, List<Problem> faults)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            faults.Add(CommonProblems.Required("kind"));
            return null;
        }

        var kind = catalog.Find(id);
        if (kind is null) faults.Add(CommonProblems.NotAllowed("kind", catalog.All.Select(k => k.Id)));
        return kind;
    }

    private static DeploymentMode? Mode(string? text, ProviderKind? kind, List<Problem> faults)
    {
        switch (text)
        {
            case null:
                return kind?.DefaultMode;
            case "cloud":
                return DeploymentMode.Cloud;
            case "local":
                return DeploymentMode.Local;
            default:
                faults.Add(CommonProblems.NotAllowed("mode", ["cloud", "local"]));
                return null;
        }
    }

    private static string? Key(string? text, ProviderKind? kind, bool needed, List<Problem> faults)
    {
        // White space around a pasted key is never part of it.
        var key = text?.Trim();
        if (string.IsNullOrEmpty(key))
        {
            if (kind is { NeedsKey: true } && (needed || key is not null)) faults.Add(CommonProblems.Required("apiKey"));
            return key;
        }

        if (key.Length > MaxKeyLength) faults.Add(CommonProblems.TooLong("apiKey", MaxKeyLength));
        if (key.Any(c => c is < '!' or > '~')) faults.Add(new Problem("api_key_malformed", 400, "apiKey"));
        return key;
    }

    private static List<string> Models(IReadOnlyList<string?>? models, List<Problem> faults)
    {
        if (models is null or { Count: 0 })
        {
            faults.Add(CommonProblems.Required("models"));
            return [];
        }

        if (models.Count > MaxModels) faults.Add(new Problem("too_many_models", 400, "models").With("max", MaxModels));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = new List<string>();
        for (var i = 0; i < Math.Min(models.Count, MaxModels); i++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"models[{i}]");
            if (models[i] is not { } model || !ModelName.IsSafe(model)) faults.Add(new Problem("model_name_malformed", 400, field).With("max", ModelName.MaxLength));
            else if (!seen.Add(model)) faults.Add(new Problem("model_twice", 400, field).With("model", model));
            else names.Add(model);
        }

        return names;
    }

    private static Dictionary<string, string> Options(IReadOnlyDictionary<string, string?>? given, ProviderKind? kind, List<Problem> faults)
    {
        var options = new Dictionary<string, string>();
        if (kind is null) return options;
        foreach (var name in (given ?? new Dictionary<string, string?>()).Keys.Where(name => kind.Options.All(option => option.Name != name)))
            faults.Add(CommonProblems.NotAllowed($"options.{name}", kind.Options.Select(option => option.Name)));
        foreach (var option in kind.Options)
        {
            var value = given?.GetValueOrDefault(option.Name);
            if (string.IsNullOrEmpty(value)) value = option.Default;
            if (value is null)
            {
                if (option.Required) faults.Add(CommonProblems.Required($"options.{option.Name}"));
                continue;
            }

            if (OptionFault(option, value) is { } fault) faults.Add(fault);
            else options[option.Name] = value;
        }

        return options;
    }

    private static Problem? OptionFault(ProviderOption option, string value)
    {
        var field = $"options.{option.Name}";
        if (value.Length > MaxOptionLength) return CommonProblems.TooLong(field, MaxOptionLength);
        if (option.Choices.Count > 0 && !option.Choices.Contains(value)) return CommonProblems.NotAllowed(field, option.Choices);
        // The length is limited above and the pattern comes from our own catalogue, so its cost is bounded.
        var matches = HeaderValues.IsSafe(value) && (option.Pattern is null || Regex.IsMatch(value, option.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        return matches ? null : new Problem("option_malformed", 400, field).With("pattern", option.Pattern ?? "ASCII");
    }

    private static int Range(string field, int? given, int standard, int min, int max, List<Problem> faults)
    {
        var value = given ?? standard;
        if (value < min || value > max) faults.Add(CommonProblems.OutOfRange(field, min, max));
        return value;
    }

    [GeneratedRegex(@"^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NameForm();
}
