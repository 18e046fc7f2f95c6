using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.Access.Users;

/// <summary>
/// Hashes and checks passwords: PBKDF2 with HMAC-SHA-512 by the framework's hasher. Only a few are computed at a
/// time, so that a flood of sign-ins cannot take all the processors. Thread-safe.
/// </summary>
public sealed class Passwords : IDisposable
{
    /// <summary>Fewest characters.</summary>
    public const int Shortest = 10;

    /// <summary>Most characters; more would only cost time.</summary>
    public const int Longest = 200;

    private readonly PasswordHasher<object> _hasher;
    private readonly SemaphoreSlim _few = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly string _nobody;

    /// <summary>Uses the configured number of rounds.</summary>
    public Passwords(IOptions<AccessOptions> options)
    {
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordRounds }));
        _nobody = _hasher.HashPassword(this, "nobody has this password");
    }

    /// <summary>What is wrong with a new password; null when it will do.</summary>
    public static Problem? Check(string field, string password, string name)
    {
        if (password.Length > Longest) return CommonProblems.TooLong(field, Longest);
        var weak = password.Length < Shortest
            || password.Distinct().Count() < 5
            || password.Contains(name, StringComparison.OrdinalIgnoreCase);
        return weak ? AccessProblems.PasswordWeak(field, Shortest) : null;
    }

    /// <summary>The hash to store.</summary>
    public async Task<string> HashAsync(string password, CancellationToken cancel)
    {
        await _few.WaitAsync(cancel);
        try
        {
            return _hasher.HashPassword(this, password);
        }
        finally
        {
            _few.Release();
        }
    }

    /// <summary>True when <paramref name="password"/> fits; takes the same time when there is no hash to compare with.</summary>
    public async Task<bool> VerifyAsync(string? hash, string password, CancellationToken cancel)
    {
        if (password.Length > Longest) password = "";
        await _few.WaitAsync(cancel);
        try
        {
            return _hasher.VerifyHashedPassword(this, hash ?? _nobody, password) != PasswordVerificationResult.Failed && hash is not null;
        }
        finally
        {
            _few.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _few.Dispose();
}
