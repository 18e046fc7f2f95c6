import type { LiveEvent } from '@/api/types';
import { LiveConnection, type LiveStatus, type LiveTransport } from './LiveConnection';

interface Shared {
  hello?: true;
  event?: LiveEvent;
  status?: { status: LiveStatus; lastHeard: number };
}

export interface LiveSnapshot {
  status: LiveStatus;
  lastHeard: number;
}

type EventListener = (event: LiveEvent) => void;

/**
 * One event stream per browser: the tab that holds the lock reads it and passes every event on to the
 * others. When that tab closes, another takes the lock and goes on after the last event it has seen.
 * Where the browser offers no locks (plain HTTP on a foreign host) every tab reads for itself.
 */
export class SharedLive {
  private channel: BroadcastChannel | null = null;
  private readonly listeners = new Set<EventListener>();
  private readonly watchers = new Set<() => void>();
  private ended = new AbortController();
  private connection: LiveConnection | null = null;
  private lastSequence: number | null = null;
  private snapshot: LiveSnapshot = { status: 'connecting', lastHeard: 0 };

  constructor(private readonly transport: LiveTransport) {}

  start(): void {
    this.ended = new AbortController();
    this.channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('switchyard.live') : null;
    this.channel?.addEventListener('message', this.onShared);
    addEventListener('online', this.onWake);
    document.addEventListener('visibilitychange', this.onWake);
    if (!this.channel || !navigator.locks) return this.lead();
    this.channel.postMessage({ hello: true } satisfies Shared);
    const { signal } = this.ended;
    navigator.locks
      .request('switchyard.live', { signal }, () => {
        this.lead();
        return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      })
      .catch(() => undefined);
  }

  stop(): void {
    this.ended.abort();
    this.connection?.stop();
    this.connection = null;
    this.channel?.close();
    removeEventListener('online', this.onWake);
    document.removeEventListener('visibilitychange', this.onWake);
  }

  /** Puts this tab's line down while something is done that would cut it, and takes it up again where it was. */
  async without<T>(work: () => Promise<T>): Promise<T> {
    const leads = this.connection !== null;
    this.lastSequence = this.connection?.sequence ?? this.lastSequence;
    this.connection?.stop();
    try {
      return await work();
    } finally {
      if (leads && !this.ended.signal.aborted) this.lead();
    }
  }

  subscribe(listener: EventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** For useSyncExternalStore: told of every change of status. */
  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  read = (): LiveSnapshot => this.snapshot;

  private lead(): void {
    this.connection = new LiveConnection(
      this.transport,
      {
        event: (event) => {
          this.channel?.postMessage({ event } satisfies Shared);
          this.deliver(event);
        },
        status: (status, lastHeard) => {
          if (this.setStatus(status, lastHeard)) this.channel?.postMessage({ status: { status, lastHeard } } satisfies Shared);
        },
      },
      this.lastSequence,
    );
    this.connection.start();
  }

  private onShared = ({ data }: MessageEvent<Shared>): void => {
    if (this.connection) {
      if (data.hello) this.channel?.postMessage({ status: this.snapshot } satisfies Shared);
      return;
    }
    if (data.event) this.deliver(data.event);
    if (data.status) this.setStatus(data.status.status, data.status.lastHeard);
  };

  /** After sleep the old line may look open and be dead: open it anew unless something was heard just now. */
  private onWake = (): void => {
    if (document.visibilityState === 'visible' && Date.now() - this.snapshot.lastHeard > 20_000) this.connection?.reconnect();
  };

  private deliver(event: LiveEvent): void {
    if (typeof event.sequence === 'number') this.lastSequence = event.sequence;
    for (const listener of this.listeners) listener(event);
  }

  /** True where others should be told: a new status, or a sign of life after a while. */
  private setStatus(status: LiveStatus, lastHeard: number): boolean {
    const changed = status !== this.snapshot.status || lastHeard - this.snapshot.lastHeard > 1000;
    if (!changed) return false;
    this.snapshot = { status, lastHeard };
    for (const watcher of this.watchers) watcher();
    return true;
  }
}
