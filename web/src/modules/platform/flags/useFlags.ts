import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { Flag, FlagChange, FlagHistoryRow, Page } from '@/api/types';
import { useRealTimeUpdates } from '@/live/useLive';

const flagsKey = ['flags'];

export function useFlags() {
  const queries = useQueryClient();
  useRealTimeUpdates(['platform.flag-changed'], () => {
    void queries.invalidateQueries({ queryKey: flagsKey });
  });
  return useQuery({ queryKey: flagsKey, queryFn: ({ signal }) => call<Page<Flag>>('/api/admin/flags', { signal }) });
}

export function useSaveFlag() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, change }: { name: string; change: FlagChange }) => call<Flag>(`/api/admin/flags/${encodeURIComponent(name)}`, { method: 'PUT', body: change }),
    onSuccess: () => queries.invalidateQueries({ queryKey: flagsKey }),
  });
}

export function useDeleteFlag() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call(`/api/admin/flags/${encodeURIComponent(name)}`, { method: 'DELETE' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: flagsKey }),
  });
}

export function useEvaluateFlag() {
  return useMutation({
    mutationFn: ({ name, key }: { name: string; key: string }) =>
      call<{ enabled: boolean; reason: string }>(`/api/admin/flags/${encodeURIComponent(name)}/evaluate`, { query: { key } }),
  });
}

export function useFlagHistory(name: string) {
  return useQuery({
    queryKey: [...flagsKey, 'history', name],
    queryFn: ({ signal }) => call<Page<FlagHistoryRow>>(`/api/admin/flags/${encodeURIComponent(name)}/history`, { signal }),
  });
}

/** What may be sent back of a flag as it stands. */
export function changeOf({ state, percentage, targets, description, kill }: Pick<Flag, 'state' | 'percentage' | 'targets' | 'description' | 'kill'>): FlagChange {
  return { state, targets, description, kill, ...(state === 'percentage' ? { percentage } : {}) };
}
