import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { call } from '@/api/client';
import type { ComponentName, GlobalState, LiveEvent } from '@/api/types';
import { httpTransport } from './httpTransport';
import { matches } from './matches';
import { SharedLive } from './SharedLive';

export interface Live {
  /** The last snapshot of every component; undefined until the first arrives. */
  globalState: GlobalState | undefined;
  /** Publishes a component's fields (merged into the state); needs the component grant. */
  updateGlobalState(component: ComponentName, patch: Record<string, unknown>): Promise<void>;
  /** Calls back for every event whose type a pattern means; returns how to stop it. */
  subscribeToUpdates(types: readonly string[], listener: (event: LiveEvent) => void): () => void;
  /** Tells every live console something; needs the component grant. */
  broadcastUpdate(topic: string, payload: unknown): Promise<{ sequence: number; subscribers: number }>;
  connection: SharedLive;
}

export const LiveContext = createContext<Live | null>(null);

const stateKey = ['global-state'];

/** Opens the browser's one event stream and offers it, with the global state, to everything below. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [connection] = useState(() => new SharedLive(httpTransport));
  const queries = useQueryClient();
  const { data: globalState } = useQuery({
    queryKey: stateKey,
    queryFn: ({ signal }) => call<GlobalState>('/api/llm/global-state', { signal }),
  });

  useEffect(() => {
    connection.start();
    return () => connection.stop();
  }, [connection]);

  const subscribeToUpdates = useCallback<Live['subscribeToUpdates']>(
    (types, listener) =>
      connection.subscribe((event) => {
        if (types.some((pattern) => matches(pattern, event.type))) listener(event);
      }),
    [connection],
  );

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = subscribeToUpdates(['state.updated'], () => {
      // At most four times a second, however fast components publish.
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: stateKey });
      }, 250);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [subscribeToUpdates, queries]);

  const live = useMemo<Live>(
    () => ({
      globalState,
      connection,
      subscribeToUpdates,
      updateGlobalState: async (component, patch) => {
        await call('/api/llm/update-global-state', { method: 'POST', body: { component, patch } });
        await queries.invalidateQueries({ queryKey: stateKey });
      },
      broadcastUpdate: (topic, payload) => call('/api/llm/broadcast-update', { method: 'POST', body: { topic, payload } }),
    }),
    [globalState, connection, subscribeToUpdates, queries],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}
