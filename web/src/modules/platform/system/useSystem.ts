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
    queryFn: async ({ signal }) => (await call<{ items: ConfigurationEntry[] }>('/api/system/configuration', { signal })).items,
  });
}
