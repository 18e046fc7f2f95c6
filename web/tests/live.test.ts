import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveEvent } from '@/api/types';
import { LiveConnection, type LiveStatus, type LiveTransport } from '@/live/LiveConnection';
import { matches } from '@/live/matches';
import { SharedLive } from '@/live/SharedLive';
import { SseParser, type SseMessage } from '@/live/sse';

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);

describe('the event stream’s text', () => {
  it('means the same however it is cut into pieces, with any line ends', () => {
    console.info(`seed ${seed}`);
    const message = fc.record({ id: fc.nat(), event: fc.constantFrom('a.b', 'gateway.calls-settled'), data: fc.array(fc.string({ maxLength: 12 }).map((s) => s.replace(/[\r\n]/g, ' ')), { minLength: 1, maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), fc.array(fc.nat(30), { maxLength: 60 }), fc.constantFrom('\n', '\r\n', '\r'), (messages, cuts, end) => {
        const text = messages.map(({ id, event, data }) => [`id: ${id}`, `event: ${event}`, ...data.map((line) => `data: ${line}`), '', ''].join(end)).join('');
        const heard: SseMessage[] = [];
        const parser = new SseParser((m) => heard.push(m));
        let at = 0;
        for (const cut of cuts) {
          parser.push(text.slice(at, at + cut));
          at += cut;
        }
        parser.push(text.slice(at));
        // A lone CR at the very end may still become CRLF.
        parser.push('\n');
        expect(heard).toEqual(messages.map(({ id, event, data }) => ({ id: String(id), event, data: data.join('\n') })));
      }),
      { numRuns: 300, seed },
    );
  });

  it('reports comments as a sign of life', () => {
    const comment = vi.fn();
    new SseParser(() => undefined, comment).push(': beat\n\n');
    expect(comment).toHaveBeenCalledOnce();
  });
});

/** A server with a log of events whose lines break wherever the test says. */
class ScriptedServer implements LiveTransport {
  readonly asked: (number | null)[] = [];
  constructor(
    private readonly log: number[],
    private readonly breaks: number[],
  ) {}

  async open(after: number | null): Promise<AsyncIterable<string>> {
    this.asked.push(after);
    const budget = this.breaks.shift();
    if (budget === 0) throw new TypeError('network');
    // A server that cannot know what was read sends the last one again.
    const from = after === null ? 0 : Math.max(0, this.log.indexOf(after));
    const events = this.log.slice(from, budget === undefined ? undefined : from + budget);
    return (async function* () {
      for (const sequence of events) yield `id: ${sequence}\ndata: ${JSON.stringify({ sequence, type: 't', at: '', payload: null })}\n\n`;
      if (budget === undefined) await new Promise(() => undefined);
    })();
  }
}

describe('resuming the event stream', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('delivers every event once and in order over any pattern of losses', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.array(fc.nat(6), { maxLength: 12 }), async (count, breaks) => {
        const log = Array.from({ length: count }, (_, index) => 100 + index * 3);
        const server = new ScriptedServer(log, [...breaks]);
        const heard: number[] = [];
        const connection = new LiveConnection(server, { event: (e: LiveEvent) => heard.push(e.sequence), status: () => undefined });
        connection.start();
        await vi.advanceTimersByTimeAsync(20_000 * (breaks.length + 2));
        connection.stop();
        expect(heard).toEqual(log);
      }),
      { numRuns: 120, seed },
    );
  });

  it('asks to go on after the last event that was heard', async () => {
    const server = new ScriptedServer([7, 8, 9], [2]);
    const connection = new LiveConnection(server, { event: () => undefined, status: () => undefined }, null);
    connection.start();
    await vi.advanceTimersByTimeAsync(2000);
    connection.stop();
    expect(server.asked).toEqual([null, 8]);
  });

  it('goes on from where the stream began when it was cut before its first event', async () => {
    const asked: (number | null)[] = [];
    const transport: LiveTransport = {
      open: (after) => {
        asked.push(after);
        return Promise.resolve(
          (async function* () {
            yield 'id: 41\nretry: 1000\n\n';
            if (asked.length > 1) await new Promise(() => undefined);
          })(),
        );
      },
    };
    const connection = new LiveConnection(transport, { event: () => undefined, status: () => undefined });
    connection.start();
    await vi.advanceTimersByTimeAsync(2000);
    connection.stop();
    expect(asked).toEqual([null, 41]);
  });

  it('says reconnecting while the line is down and live when it is back', async () => {
    const said: LiveStatus[] = [];
    const connection = new LiveConnection(new ScriptedServer([1], [1, 0, 0]), { event: () => undefined, status: (status) => said.at(-1) !== status && said.push(status) });
    connection.start();
    await vi.advanceTimersByTimeAsync(30_000);
    connection.stop();
    expect(said).toEqual(['connecting', 'live', 'reconnecting', 'live', 'paused']);
  });

  it('opens the line anew when nothing, not even a heartbeat, was heard for long', async () => {
    const opened: number[] = [];
    const silent: LiveTransport = {
      open: (_, signal) => {
        opened.push(Date.now());
        return Promise.resolve(
          (async function* () {
            yield ': hello\n\n';
            await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
          })(),
        );
      },
    };
    const connection = new LiveConnection(silent, { event: () => undefined, status: () => undefined });
    connection.start();
    await vi.advanceTimersByTimeAsync(45_000);
    connection.stop();
    expect(opened.length).toBe(2);
  });
});

describe('event patterns', () => {
  it.each([
    ['*', 'gateway.calls-settled', true],
    ['gateway.*', 'gateway.calls-settled', true],
    ['gateway.*', 'gatewayx.y', false],
    ['gateway.calls-settled', 'gateway.calls-settled', true],
    ['gateway.calls', 'gateway.calls-settled', false],
  ])('%s and %s: %s', (pattern, type, expected) => expect(matches(pattern, type)).toBe(expected));
});

describe('the browser’s one stream', () => {
  it('is put down while something is done that would cut it, and taken up where it was', async () => {
    const asked: (number | null)[] = [];
    let open = 0;
    const transport: LiveTransport = {
      open: (after, signal) => {
        asked.push(after);
        open++;
        signal.addEventListener('abort', () => open--);
        return Promise.resolve(
          (async function* () {
            yield 'id: 41\nretry: 1000\n\n';
            await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
          })(),
        );
      },
    };
    const live = new SharedLive(transport);
    live.start();
    await vi.waitFor(() => expect(live.read().status).toBe('live'));
    await live.without(async () => {
      expect(open).toBe(0);
    });
    await vi.waitFor(() => expect(asked).toEqual([null, 41]));
    live.stop();
  });
});
