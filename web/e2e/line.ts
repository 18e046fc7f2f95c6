import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that a test may cut: a cut ends what is open and refuses what is new. */
export async function openLine(target: string) {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer((client) => {
    if (!whole) return void client.destroy();
    const upstream = connect(Number(port), hostname);
    for (const [own, other] of [[client, upstream], [upstream, client]] as const) {
      open.add(own);
      own.on('error', () => other.destroy());
      own.on('close', () => (open.delete(own), other.destroy()));
      own.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  const cut = () => {
    whole = false;
    open.forEach((socket) => socket.destroy());
  };
  return { base: `http://127.0.0.1:${address.port}`, cut, heal: () => void (whole = true), close: () => (cut(), server.close()) };
}
