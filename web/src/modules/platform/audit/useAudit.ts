import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { address, call } from '@/api/client';
import type { AuditRow, AuditVerification, Page } from '@/api/types';
import { queryOf, useTimeRange } from '@/app/timeRange';

export const auditFilters = ['actor', 'action', 'resource'] as const;
export type AuditFilters = Partial<Record<(typeof auditFilters)[number], string>>;

export function useAuditFilters(): AuditFilters {
  const [params] = useSearchParams();
  return useMemo(() => Object.fromEntries(auditFilters.flatMap((name) => (params.get(name) ? [[name, params.get(name) ?? '']] : []))), [params]);
}

export function useAudit(filters: AuditFilters) {
  const [range] = useTimeRange();
  return useInfiniteQuery({
    queryKey: ['audit', range, filters],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => call<Page<AuditRow>>('/api/admin/audit', { signal, query: { ...queryOf(range), ...filters, cursor: pageParam, limit: 200 } }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** Recomputes the hash chain on the server. */
export function useAuditVerification() {
  return useQuery({
    queryKey: ['audit', 'verification'],
    queryFn: ({ signal }) => call<AuditVerification>('/api/admin/audit/verify', { signal }),
    staleTime: 60_000,
  });
}

/** Where the browser fetches exactly what is filtered as a file. */
export function useAuditExport(filters: AuditFilters): (format: 'csv' | 'jsonl') => string {
  const [range] = useTimeRange();
  return (format) => address('/api/admin/audit', { ...queryOf(range), ...filters, format });
}
