import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '@/api/client';
import type { CallsSettled, Page, RequestRow } from '@/api/types';
import { useRealTimeUpdates } from '@/live/useLive';

const storageKey = 'switchyard.welcome.since';
const askEveryMs = 2000;

/**
 * The first call since this visit began to wait for one. Seen live; and asked for in the log as well, which
 * knows it also when it was settled before the live line stood or while it was cut.
 */
export function useFirstCall(): RequestRow | null {
  const [since] = useState(beginning);
  const [live, setLive] = useState<RequestRow | null>(null);
  useRealTimeUpdates<CallsSettled>(['gateway.calls-settled'], (event) => setLive((before) => before ?? event.payload.recent[0] ?? null));
  const logged = useQuery({
    queryKey: ['requests', 'first', since],
    queryFn: ({ signal }) => call<Page<RequestRow>>('/api/v1/llm/requests', { query: { from: since, limit: 1 }, signal }),
    refetchInterval: ({ state }) => (live || state.data?.items.length ? false : askEveryMs),
  });
  return live ?? logged.data?.items[0] ?? null;
}

/** Kept over a reload: the call may have come meanwhile. By the server's clock only roughly, hence a minute before. */
function beginning(): string {
  const kept = sessionStorage.getItem(storageKey);
  if (kept) return kept;
  const now = new Date(Date.now() - 60_000).toISOString();
  sessionStorage.setItem(storageKey, now);
  return now;
}
