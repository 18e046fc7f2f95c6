import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { use } from 'react';
import { call } from '@/api/client';
import type { Role, Session } from '@/api/types';
import { forgetCalls } from '@/modules/gateway/playground/keptCalls';
import { LiveContext } from '@/live/LiveProvider';

const sessionKey = ['session'];

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => call<Session>('/api/session', { signal }),
    staleTime: 60_000,
  });
}

/** Whether the person signed in may do what a role may. */
export function useMay(): (grant: Role | 'client' | 'component') => boolean {
  const { data } = useSession();
  return (grant) => data?.grants.some((held) => held.toLowerCase() === grant) ?? false;
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { name: string; password: string }) => call<Session>('/api/session', { method: 'POST', body: credentials }),
    onSuccess: (session) => cameIn(queries, session),
  });
}

/** Redeems the one-time link of the start-up line or of an invitation. */
export function useSignInByLink() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => call<Session>('/api/session/link', { method: 'POST', body: { token } }),
    onSuccess: (session) => cameIn(queries, session),
  });
}

/** An older question that is still under way would answer that nobody is signed in. */
async function cameIn(queries: QueryClient, session: Session): Promise<void> {
  await queries.cancelQueries({ queryKey: sessionKey });
  queries.setQueryData(sessionKey, session);
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call<void>('/api/session', { method: 'DELETE' }),
    onSettled: () => {
      forgetCalls();
      queries.clear();
      location.assign('/sign-in');
    },
  });
}

export function useChangePassword() {
  const live = use(LiveContext);
  return useMutation({
    mutationFn: (change: { current?: string; new: string }) => {
      const send = () => call<void>('/api/session/password', { method: 'PUT', body: change });
      // The server cuts every line of the session that a new password ends: ours is put down first.
      return live ? live.connection.without(send) : send();
    },
  });
}
