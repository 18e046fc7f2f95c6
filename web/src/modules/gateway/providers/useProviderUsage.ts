import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '@/api/client';
import type { UsageFigures, UsageStats } from '@/api/types';
import { startOfToday } from '@/app/timeRange';

type ByProvider = Record<string, UsageFigures>;

/** Figures by provider's name, of the last hour and of today. */
export function useProviderUsage(): { lastHour: ByProvider; today: ByProvider } {
  const hour = useStats('hour', () => new Date(Date.now() - 3_600_000).toISOString());
  const day = useStats('day', startOfToday);
  return useMemo(() => ({ lastHour: byKey(hour), today: byKey(day) }), [hour, day]);
}

function useStats(span: string, from: () => string): UsageStats | undefined {
  const { data } = useQuery({
    queryKey: ['stats', 'by-provider', span],
    queryFn: ({ signal }) => call<UsageStats>('/api/v1/llm/stats', { signal, query: { from: from(), groupBy: 'provider' } }),
    refetchInterval: 30_000,
  });
  return data;
}

function byKey(stats: UsageStats | undefined): ByProvider {
  return Object.fromEntries((stats?.groups ?? []).map((group) => [group.key, group]));
}
