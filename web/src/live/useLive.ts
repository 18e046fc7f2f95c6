import { use, useEffect, useRef, useSyncExternalStore } from 'react';
import type { LiveEvent } from '@/api/types';
import { LiveContext, type Live } from './LiveProvider';
import type { LiveSnapshot } from './SharedLive';

/** The live connection and the global state; only below the provider. */
export function useLive(): Live {
  const live = use(LiveContext);
  if (!live) throw new Error('useLive needs a LiveProvider above it');
  return live;
}

export function useLiveStatus(): LiveSnapshot {
  const { connection } = useLive();
  return useSyncExternalStore(connection.watch, connection.read);
}

/** Calls `listener` for every live event of these types while the component is on screen. */
export function useRealTimeUpdates<T = unknown>(types: readonly string[], listener: (event: LiveEvent<T>) => void): void {
  const { subscribeToUpdates } = useLive();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  const wanted = types.join(',');
  useEffect(
    () => subscribeToUpdates(wanted.split(','), (event) => latest.current(event as LiveEvent<T>)),
    [subscribeToUpdates, wanted],
  );
}
