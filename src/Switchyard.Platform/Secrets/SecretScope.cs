using System.Text;

namespace Switchyard.Platform.Secrets;

/// <summary>
/// What a sealed secret belongs to. It is authenticated with the ciphertext, so that a value copied to another
/// row, tenant or purpose cannot be opened there.
/// </summary>
/// <param name="TenantId">Owner.</param>
/// <param name="Purpose">Kind of secret, for example <c>gateway.provider-key</c>.</param>
/// <param name="RowId">Row that holds it.</param>
/// <param name="Version">Version of the row's secret; a new value has a new one.</param>
public sealed record SecretScope(Guid TenantId, string Purpose, Guid RowId, long Version)
{
    internal byte[] ToBytes() => Encoding.UTF8.GetBytes($"{TenantId:N}|{Purpose}|{RowId:N}|{Version}");
}
