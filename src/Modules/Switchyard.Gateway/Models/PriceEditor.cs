using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Switchyard.Contracts.Events.Gateway;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Access;
using Switchyard.Platform.Audit;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Models;

/// <summary>Adds prices of a tenant. Nothing is overwritten: each is a new version with its source and its beginning.</summary>
public sealed partial class PriceEditor(Database database, PriceStore prices, ProviderStore providers, ProviderCatalog catalog, TimeProvider time)
{
    private const int MaxRows = 1000;
    private const int MaxSource = 200;
    private const decimal MaxPrice = 1_000_000;

    /// <summary>Checks and stores; the rows as stored.</summary>
    public async Task<Result<PriceRow[]>> AddAsync(Caller caller, IReadOnlyList<PriceForm> forms, CancellationToken cancel)
    {
        if (forms.Count is 0 or > MaxRows) return CommonProblems.Invalid([CommonProblems.OutOfRange("items", 1, MaxRows)]);
        var names = (await providers.ListAsync(caller.TenantId, cancel)).Select(row => row.Name).Concat(catalog.All.Select(kind => kind.Id))
            .Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
        var (faults, now) = (new List<Problem>(), time.GetUtcNow());
        var rows = forms.Select((form, i) => Read(form, string.Create(CultureInfo.InvariantCulture, $"items[{i}]."), names, now, faults)).ToArray();
        if (faults.Count > 0) return CommonProblems.Invalid(faults);

        rows = [.. rows.Select(row => row with { TenantId = caller.TenantId, Id = Guid.CreateVersion7(now) })];
        await using var change = await database.BeginAsync(caller, cancel);
        if (!await prices.AddAsync(change, rows, cancel)) return new Problem("price_exists", 409, "items");
        foreach (var row in rows) change.Record(new AuditEntry("create", "price", row.Id.ToString(), null, JsonSerializer.Serialize(row, JsonSerializerOptions.Web)));
        change.Raise("prices", new PricesChanged(rows.Length));
        await change.CommitAsync(cancel);
        return rows;
    }

    private static PriceRow Read(PriceForm form, string at, Dictionary<string, string> names, DateTimeOffset now, List<Problem> faults)
    {
        if (string.IsNullOrEmpty(form.Provider)) faults.Add(CommonProblems.Required(at + "provider"));
        else if (!names.ContainsKey(form.Provider)) faults.Add(CommonProblems.NotAllowed(at + "provider", names.Values.Order()));
        if (string.IsNullOrEmpty(form.Model)) faults.Add(CommonProblems.Required(at + "model"));
        else if (form.Model != "*" && !ModelName.IsSafe(form.Model)) faults.Add(new Problem("model_name_malformed", 400, at + "model").With("max", ModelName.MaxLength));
        if (form.Currency is not null && !Iso4217().IsMatch(form.Currency)) faults.Add(CommonProblems.Malformed(at + "currency", "ISO 4217 (USD, CNY)"));
        if (form.Input is null) faults.Add(CommonProblems.Required(at + "input"));
        if (form.Output is null) faults.Add(CommonProblems.Required(at + "output"));
        foreach (var (name, value) in new[] { ("input", form.Input), ("output", form.Output), ("cachedRead", form.CachedRead), ("cacheWrite", form.CacheWrite) })
        {
            if (value is < 0 or > MaxPrice) faults.Add(CommonProblems.OutOfRange(at + name, 0, MaxPrice));
        }

        if (form.Source?.Length > MaxSource) faults.Add(CommonProblems.TooLong(at + "source", MaxSource));
        return new PriceRow
        {
            Provider = names.GetValueOrDefault(form.Provider ?? "", ""),
            Model = form.Model ?? "",
            Currency = form.Currency ?? "USD",
            Input = form.Input ?? 0,
            Output = form.Output ?? 0,
            CachedRead = form.CachedRead,
            CacheWrite = form.CacheWrite,
            Source = string.IsNullOrWhiteSpace(form.Source) ? "operator" : form.Source,
            ValidFrom = (form.ValidFrom ?? now).ToUniversalTime(),
        };
    }

    [GeneratedRegex(@"^[A-Z]{3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iso4217();
}
