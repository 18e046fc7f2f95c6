import { useQuery } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { ConfigurationEntry, SystemInfo } from '@/api/types';

export function useSystemInfo() {
  return useQuery({ queryKey: ['system', 'info'], queryFn: ({ signal }) => call<SystemInfo>('/api/system/info', { signal }), refetchInterval: 30_000 });
}

/** The configuration in effect, with where each value comes from. */
export function useConfiguration() {
  return useQuery({
    queryKey: ['system', 'configuration'],
    queryFn: async ({ signal }) => {
      const answer = await call<{ items?: ConfigurationEntry[]; entries?: ConfigurationEntry[] } | ConfigurationEntry[]>('/api/system/configuration', { signal });
      return Array.isArray(answer) ? answer : (answer.items ?? answer.entries ?? []);
    },
  });
}
