using System.Globalization;
using Dapper;
using Microsoft.Extensions.Configuration;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Secrets;

/// <summary>
/// Remembers in the database which master key seals its secrets. A node with another key could open none of them and
/// would answer no call, so it is told when it starts.
/// </summary>
public sealed class MasterKeyWitness(Database database, KeyChain keys, IConfiguration configuration, TimeProvider time)
{
    /// <summary>
    /// Compares this node's keys with the database's, whose first node states them. Answers what to warn of, or null.
    /// </summary>
    /// <exception cref="SecretException">This node made its key just now, although the database has one already.</exception>
    public async Task<Phrase?> CompareAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var mine = Text(keys.Current);
        var row = new { mine, now = time.GetUtcNow() };
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into platform.master_key (key_id, since) values (@mine, @now) on conflict do nothing", row, cancellationToken: cancel));
        var theirs = await connection.QuerySingleAsync<string>(new CommandDefinition("select key_id from platform.master_key", cancellationToken: cancel));
        if (theirs == mine) return null;
        if (keys.Find(ulong.Parse(theirs, NumberStyles.HexNumber, CultureInfo.InvariantCulture)) is not null)
        {
            // Rotated: the older key is still here, new secrets are sealed by the current one.
            await connection.ExecuteAsync(new CommandDefinition(
                "update platform.master_key set key_id = @mine, since = @now where key_id = @theirs", new { mine, row.now, theirs }, cancellationToken: cancel));
            return null;
        }

        var other = new Phrase("secret.other", ("key", theirs), ("path", SecretServices.KeyFile(configuration)));
        if (!keys.Created) return other;
        // Left here, the next start would take it for a key that somebody put there.
        File.Delete(SecretServices.KeyFile(configuration));
        throw new SecretException(other);
    }

    private static string Text(MasterKey key) => key.Id.ToString("x16", CultureInfo.InvariantCulture);
}
