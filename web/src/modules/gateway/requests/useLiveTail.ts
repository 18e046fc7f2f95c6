import { useEffect, useRef, useState } from 'react';
import type { CallsSettled, RequestRow } from '@/api/types';
import { useRealTimeUpdates } from '@/live/useLive';
import { belongs, type RequestFilters } from './useRequests';

const most = 2000;
const repaintMs = 250;

/**
 * New rows as they happen. While the reader looks elsewhere (`held`) they are only counted, so that nothing
 * moves under the pointer; at most four repaints a second, none in a hidden tab; bounded over days.
 */
export function useLiveTail(on: boolean, held: boolean, filters: RequestFilters) {
  const [rows, setRows] = useState<RequestRow[]>([]);
  const [waiting, setWaiting] = useState(0);
  const pending = useRef<RequestRow[]>([]);

  const filterText = JSON.stringify(filters);
  useEffect(() => {
    pending.current = [];
    setRows([]);
    setWaiting(0);
  }, [filterText, on]);

  useRealTimeUpdates<CallsSettled>(['gateway.calls-settled'], (event) => {
    if (!on) return;
    const fresh = event.payload.recent.filter((row) => belongs(row, filters));
    pending.current = [...fresh, ...pending.current].slice(0, most);
  });

  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'hidden') return;
      setWaiting(pending.current.length);
      if (!held && pending.current.length > 0) {
        const fresh = pending.current;
        pending.current = [];
        setRows((before) => merge(fresh, before));
        setWaiting(0);
      }
    }, repaintMs);
    return () => clearInterval(timer);
  }, [on, held]);

  return { rows, waiting };
}

/** Newest first, each request once. */
export function merge(fresh: readonly RequestRow[], before: readonly RequestRow[]): RequestRow[] {
  const seen = new Set<string>();
  return [...fresh, ...before].filter((row) => !seen.has(row.id) && seen.add(row.id)).slice(0, most);
}
