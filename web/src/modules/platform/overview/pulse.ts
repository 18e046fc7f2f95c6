import type { CallsSettled } from '@/api/types';

export interface Second {
  at: number;
  requests: number;
  failed: number;
  cost: number;
  tokens: number;
}

export const windowSeconds = 300;

/** The last five minutes of settled calls, a bucket a second; bounded however long the page stays open. */
export class Pulse {
  private readonly seconds = new Map<number, Second>();
  latencyMsP50: number | null = null;
  latencyMsP95: number | null = null;

  add(payload: CallsSettled, at: string): void {
    const key = Math.floor(new Date(at).getTime() / 1000);
    const second = this.seconds.get(key) ?? { at: key, requests: 0, failed: 0, cost: 0, tokens: 0 };
    second.requests += payload.requests;
    second.failed += payload.failed;
    second.cost += payload.cost;
    second.tokens += payload.tokensIn + payload.tokensOut;
    this.seconds.set(key, second);
    this.latencyMsP50 = payload.latencyMsP50 ?? this.latencyMsP50;
    this.latencyMsP95 = payload.latencyMsP95 ?? this.latencyMsP95;
    for (const old of this.seconds.keys()) {
      if (old < key - windowSeconds) this.seconds.delete(old);
    }
  }

  /** Sums over the last `span` seconds before `now` (seconds since the epoch). */
  sum(span: number, now: number): Omit<Second, 'at'> {
    const total = { requests: 0, failed: 0, cost: 0, tokens: 0 };
    for (const second of this.seconds.values()) {
      if (second.at <= now - span || second.at > now) continue;
      total.requests += second.requests;
      total.failed += second.failed;
      total.cost += second.cost;
      total.tokens += second.tokens;
    }
    return total;
  }

  /** One value a second for a chart, quiet seconds as zero. */
  series(now: number): { times: number[]; requests: number[]; failed: number[] } {
    const times = Array.from({ length: windowSeconds }, (_, index) => now - windowSeconds + 1 + index);
    return {
      times,
      requests: times.map((time) => this.seconds.get(time)?.requests ?? 0),
      failed: times.map((time) => this.seconds.get(time)?.failed ?? 0),
    };
  }
}
