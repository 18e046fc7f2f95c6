using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Switchyard.Platform.Access.Credentials;

/// <summary>
/// The operator's token for automation: from <c>SWITCHYARD_ADMIN_TOKEN</c>, or from the file <c>admin-token</c> in
/// the data directory, which nobody else may read.
/// </summary>
public sealed class AdminToken
{
    private const int Shortest = 20;
    private readonly byte[]? _hash;

    /// <summary>Reads the token once.</summary>
    public AdminToken(IOptions<AccessOptions> options, ILogger<AdminToken> log)
    {
        var given = options.Value.AdminToken;
        var token = string.IsNullOrWhiteSpace(given) ? FromFile(options.Value.DataDirectory, log) : given.Trim();
        if (string.IsNullOrEmpty(token)) return;
        if (token.Length < Shortest)
        {
            log.LogWarning("The admin token is ignored: it has fewer than {Shortest} characters", Shortest);
            return;
        }

        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
    }

    /// <summary>Whom it stands for.</summary>
    public Principal Principal { get; } = new(
        Guid.Empty,
        new Caller(Tenants.Default, CallerKind.AdminToken, null, "admin token", GrantSets.Of("admin")),
        null,
        new CredentialUse(null));

    /// <summary>True when <paramref name="presented"/> is the token; takes the same time for every wrong one.</summary>
    public bool Matches(ReadOnlySpan<char> presented)
    {
        if (_hash is null || presented.Length is 0 or > SecretHash.MaxLength) return false;
        Span<byte> bytes = stackalloc byte[SecretHash.MaxLength * 3];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(presented, bytes)], digest);
        return CryptographicOperations.FixedTimeEquals(digest, _hash);
    }

    private static string? FromFile(string? directory, ILogger log)
    {
        if (directory is null) return null;
        var path = Path.Combine(directory, "admin-token");
        if (!File.Exists(path)) return null;
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            log.LogWarning("The file admin-token is ignored: others may read it. Set its mode to 0600");
            return null;
        }

        return File.ReadAllText(path).Trim();
    }
}
