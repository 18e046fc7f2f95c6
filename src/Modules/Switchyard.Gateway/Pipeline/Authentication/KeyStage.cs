namespace Switchyard.Gateway.Pipeline.Authentication;

/// <summary>
/// Holds a caller to the models its key allows. Who calls was found out before, by the access middleware or by
/// the code that calls in process.
/// </summary>
internal sealed class KeyStage(ICallHandler next, CheckModel check) : ICallHandler
{
    public ValueTask HandleAsync(GatewayCall call, CancellationToken cancel)
    {
        if (check(call.Caller, call.Request.Model) is not { } refused) return next.HandleAsync(call, cancel);
        call.Refuse(refused);
        return default;
    }
}
