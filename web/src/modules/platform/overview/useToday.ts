import { useQuery } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { Page, RequestRow, UsageStats } from '@/api/types';
import { startOfToday } from '@/app/timeRange';

/** The gateway's figures since midnight. */
export function useToday() {
  return useQuery({
    queryKey: ['stats', 'today'],
    queryFn: ({ signal }) => call<UsageStats>('/api/v1/llm/stats', { signal, query: { from: startOfToday() } }),
    refetchInterval: 15_000,
  });
}

/** The last failed requests of the past day, for the list of what needs a person. */
export function useRecentFailures() {
  return useQuery({
    queryKey: ['requests', 'recent-failures'],
    queryFn: ({ signal }) => call<Page<RequestRow>>('/api/v1/llm/requests', { signal, query: { status: 'failed', limit: 5, from: new Date(Date.now() - 3_600_000).toISOString() } }),
    refetchInterval: 30_000,
  });
}
