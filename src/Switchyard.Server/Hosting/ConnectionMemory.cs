using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Switchyard.Server.Hosting;

/// <summary>
/// Memory for what connections read and write, in blocks of 16 KB where the framework's have 4: a prompt of 32 KB
/// then takes two or three reads instead of eight. Thread-safe.
/// </summary>
internal sealed class ConnectionMemory : IMemoryPoolFactory<byte>
{
    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private const int BlockSize = 16 * 1024;

        // 16 MB; what a burst needed beyond that goes back to the collector.
        private const int MostSpare = 1024;

        private readonly ConcurrentQueue<byte[]> _spare = new();

        public override int MaxBufferSize => BlockSize;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
            return new Block(this, _spare.TryDequeue(out var spare) ? spare : GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true));
        }

        protected override void Dispose(bool disposing) => _spare.Clear();

        private void Return(byte[] bytes)
        {
            if (_spare.Count < MostSpare) _spare.Enqueue(bytes);
        }

        private sealed class Block(Pool pool, byte[] bytes) : IMemoryOwner<byte>
        {
            private byte[]? _bytes = bytes;

            public Memory<byte> Memory => _bytes;

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _bytes, null) is { } mine) pool.Return(mine);
            }
        }
    }
}
