using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Providers.Simulation;

/// <summary>Reads an asynchronous sequence of byte blocks as a stream, without a buffer ahead of the reader.</summary>
internal sealed class SimulatorBody(Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> blocks) : ForwardStream
{
    private readonly CancellationTokenSource _closed = new();
    private IAsyncEnumerator<ReadOnlyMemory<byte>>? _reader;
    private ReadOnlyMemory<byte> _rest;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _reader ??= blocks(_closed.Token).GetAsyncEnumerator(CancellationToken.None);
        if (_rest.IsEmpty)
        {
            // A cancelled read ends the whole answer, as a cancelled read of a network stream does.
            using var abort = cancellationToken.Register(static state => ((CancellationTokenSource)state!).Cancel(), _closed);
            if (!await _reader.MoveNextAsync()) return 0;
            _rest = _reader.Current;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        // A body is disposed by its reader and again with its response. Nothing here needs freeing but the waits.
        if (disposing) _closed.Cancel();
        base.Dispose(disposing);
    }
}
