import type { LiveEvent } from '@/api/types';
import { SseParser } from './sse';

export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'paused';

export interface LiveTransport {
  /** Opens the stream after the event `after` (null: from now); resolves with the body's text pieces. */
  open(after: number | null, signal: AbortSignal): Promise<AsyncIterable<string>>;
}

export interface LiveListener {
  event(event: LiveEvent): void;
  status(status: LiveStatus, lastHeard: number): void;
}

export interface LiveTiming {
  /** Nothing heard for so long (the server beats every 15 s) means that the line is dead. */
  silenceMs: number;
  firstRetryMs: number;
  maxRetryMs: number;
}

const defaults: LiveTiming = { silenceMs: 40_000, firstRetryMs: 500, maxRetryMs: 15_000 };

/**
 * One resumable reading of the server's event stream: remembers the last sequence it has delivered, asks to
 * go on from there after any loss, and never delivers an event twice.
 */
export class LiveConnection {
  private lastSequence: number | null;
  private lastHeard = 0;
  private abort: AbortController | null = null;
  private running = false;

  constructor(
    private readonly transport: LiveTransport,
    private readonly listener: LiveListener,
    after: number | null = null,
    private readonly timing: LiveTiming = defaults,
  ) {
    this.lastSequence = after;
  }

  get sequence(): number | null {
    return this.lastSequence;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    void this.run();
  }

  stop(): void {
    this.running = false;
    this.abort?.abort();
    this.listener.status('paused', this.lastHeard);
  }

  /** Drops the line and opens it anew at once: after sleep, or when the network comes back. */
  reconnect(): void {
    if (this.running) this.abort?.abort();
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (this.running) {
      this.listener.status(this.lastHeard === 0 ? 'connecting' : 'reconnecting', this.lastHeard);
      const heard = await this.readOnce();
      if (!this.running) return;
      failures = heard ? 0 : failures + 1;
      this.listener.status('reconnecting', this.lastHeard);
      await delay(Math.min(this.timing.maxRetryMs, this.timing.firstRetryMs * 2 ** Math.min(failures, 10)));
    }
  }

  /** Reads one connection to its end; true if anything was heard on it. */
  private async readOnce(): Promise<boolean> {
    const abort = (this.abort = new AbortController());
    let heard = false;
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      heard = true;
      this.lastHeard = Date.now();
      clearTimeout(watchdog);
      watchdog = setTimeout(() => abort.abort(), this.timing.silenceMs);
      this.listener.status('live', this.lastHeard);
    };
    try {
      const parser = new SseParser((message) => this.deliver(message.data), alive, (id) => this.stand(Number(id)));
      watchdog = setTimeout(() => abort.abort(), this.timing.silenceMs);
      const pieces = await this.transport.open(this.lastSequence, abort.signal);
      alive();
      for await (const piece of pieces) {
        alive();
        parser.push(piece);
      }
    } catch {
      // A lost line is the normal case here: the caller waits and resumes.
    } finally {
      clearTimeout(watchdog);
      abort.abort();
    }
    return heard;
  }

  /** Where the stream began: a line cut before its first event must not lose what happened meanwhile. */
  private stand(sequence: number): void {
    if (Number.isSafeInteger(sequence) && sequence > (this.lastSequence ?? -1)) this.lastSequence = sequence;
  }

  private deliver(data: string): void {
    const event = JSON.parse(data) as LiveEvent;
    // Broadcast hints without a place in the log carry no sequence; everything else is delivered once.
    if (typeof event.sequence === 'number') {
      if (this.lastSequence !== null && event.sequence <= this.lastSequence) return;
      this.lastSequence = event.sequence;
    }
    this.listener.event(event);
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
