import { afterAll, beforeAll, expect, it } from 'vitest';
import { api, haveSimulator, openConsole, type Console } from './console';
import { openLine } from './line';
import { startServer } from './server';

let server: Awaited<ReturnType<typeof startServer>>;
let line: Awaited<ReturnType<typeof openLine>>;
let console: Console;
let call: (words: string) => Promise<void>;
let mine = '';

beforeAll(async () => {
  server = await startServer();
  line = await openLine(server.base);
  console = await openConsole({ base: line.base });
  const model = await haveSimulator(console);
  const key = await api<{ id: string; secret: string }>(console, 'POST', '/api/admin/keys', { name: 'beside the page', scopes: ['client'] });
  call = async (content) => {
    const answer = await fetch(`${server.base}/v1/chat/completions`, { method: 'POST', headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' }, body: JSON.stringify({ model, messages: [{ role: 'user', content }] }) });
    expect(answer.status).toBe(200);
    await answer.text();
  };
  // Only this key's calls: the test of the simulator logs two more, some time after it was made active.
  mine = `key=${key.id}`;
  await console.page.goto(`${line.base}/gateway/requests?live=1&${mine}`);
  await console.page.getByText('Live', { exact: true }).first().waitFor();
});
afterAll(async () => {
  await console.close();
  line.close();
  await server.end();
});

const logged = async () => (await api<{ items: unknown[] }>({ ...console, base: server.base }, 'GET', `/api/v1/llm/requests?${mine}`)).items.length;

const rows = () => console.page.getByRole('row', { name: /Succeeded/ });

it('a line that is cut is said to be, is resumed, and every call made meanwhile is on screen', async () => {
  await call('before');
  await expect.poll(() => rows().count(), { timeout: 60_000 }).toBe(1);
  line.cut();
  await console.page.getByText('Reconnecting').first().waitFor();
  for (const words of ['one', 'two', 'three']) await call(words);
  await expect.poll(logged, { timeout: 60_000 }).toBe(4);
  // The notice of settled calls is sent once a second at most: it must have been sent into the cut.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  line.heal();
  await console.page.getByText('Live', { exact: true }).first().waitFor();
  await expect.poll(() => rows().count(), { timeout: 60_000 }).toBe(4);
});

it('a server that is started again is found again, and what it settled meanwhile is on screen', async () => {
  const before = await rows().count();
  line.cut();
  await console.page.getByText('Reconnecting').first().waitFor();
  await server.stop();
  await server.again();
  await call('after the start');
  line.heal();
  await console.page.getByText('Live', { exact: true }).first().waitFor();
  await expect.poll(() => rows().count(), { timeout: 60_000 }).toBe(before + 1);
});

it('ten thousand live events leave the heap where it was', async () => {
  const { page, context } = console;
  const browser = await context.newCDPSession(page);
  const heap = async () => {
    await browser.send('HeapProfiler.collectGarbage');
    return ((await browser.send('Runtime.getHeapUsage')) as { usedSize: number }).usedSize;
  };
  // As from the tab that reads the stream: the very way by which every other tab hears of events.
  const newest = (await api<{ items: unknown[] }>(console, 'GET', `/api/v1/llm/requests?limit=1&${mine}`)).items[0];
  const push = (from: number, count: number) =>
    page.evaluate(
      async ([first, many, template]) => {
        const channel = new BroadcastChannel('switchyard.live');
        const row = JSON.parse(template) as Record<string, unknown>;
        for (let i = first; i < first + many; i++) {
          const recent = Array.from({ length: 20 }, (_, n) => ({ ...row, id: `${i}-${n}`, requestId: `${i}-${n}`, at: new Date().toISOString() }));
          channel.postMessage({ event: { sequence: 1e9 + i, type: 'gateway.calls-settled', subject: 'n', actor: 'n', at: new Date().toISOString(), payload: { node: 'n', requests: 20, failed: 0, tokensIn: 1, tokensOut: 1, cost: 0, latencyMsP50: 1, latencyMsP95: 1, recent } } });
          if (i % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
        }
        channel.close();
      },
      [from, count, JSON.stringify(newest)] as const,
    );
  // A second tab leads, so that this one listens.
  await page.goto('about:blank');
  const leader = await context.newPage();
  await leader.goto(`${line.base}/settings`);
  await leader.getByText('Live', { exact: true }).first().waitFor();
  await page.goto(`${line.base}/gateway/requests?live=1&${mine}`);
  await page.bringToFront();
  await page.getByText('Live', { exact: true }).first().waitFor();
  await push(0, 2000);
  await page.waitForTimeout(1000);
  const filled = await heap();
  await push(2000, 8000);
  await page.waitForTimeout(1000);
  const after = await heap();
  expect(await rows().count()).toBeGreaterThan(10);
  globalThis.console.info(`heap: ${(filled / 2 ** 20).toFixed(1)} MB filled, ${(after / 2 ** 20).toFixed(1)} MB after`);
  expect(after).toBeLessThan(filled * 1.2);
});
