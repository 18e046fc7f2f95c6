import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '@/api/client';
import type { CallsSettled, Page, RequestRow } from '@/api/types';
import { useRealTimeUpdates } from '@/live/useLive';

const storageKey = 'switchyard.welcome.since';
const askEveryMs = 2000;

/** How many of the newest calls are looked through: a test of a provider logs two by itself. */
const newest = 50;

/**
 * The first call since this visit began to wait for one. Seen live; and asked for in the log as well, which
 * knows it also when it was settled before the live line stood or while it was cut. The calls by which a
 * provider is tested do not count: the reader has not made them.
 */
export function useFirstCall(): RequestRow | null {
  const [since] = useState(beginning);
  const [live, setLive] = useState<RequestRow | null>(null);
  useRealTimeUpdates<CallsSettled>(['gateway.calls-settled'], (event) => setLive((before) => before ?? firstOf(event.payload.recent)));
  const logged = useQuery({
    queryKey: ['requests', 'first', since],
    queryFn: async ({ signal }) => firstOf((await call<Page<RequestRow>>('/api/v1/llm/requests', { query: { from: since, limit: newest }, signal })).items),
    refetchInterval: ({ state }) => (live || state.data ? false : askEveryMs),
  });
  return live ?? logged.data ?? null;
}

/** The oldest of these calls, newest first, that somebody has made. */
export function firstOf(calls: readonly RequestRow[]): RequestRow | null {
  return calls.findLast((made) => made.endpoint !== 'connection-test') ?? null;
}

/** Kept over a reload: the call may have come meanwhile. By the server's clock only roughly, hence a minute before. */
function beginning(): string {
  const kept = sessionStorage.getItem(storageKey);
  if (kept) return kept;
  const now = new Date(Date.now() - 60_000).toISOString();
  sessionStorage.setItem(storageKey, now);
  return now;
}
