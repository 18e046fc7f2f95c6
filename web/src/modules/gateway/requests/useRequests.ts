import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { call } from '@/api/client';
import type { Page, RequestDetail, RequestRow } from '@/api/types';
import { queryOf, useTimeRange } from '@/app/timeRange';

export const filterNames = ['status', 'provider', 'model', 'key', 'task', 'dialect', 'rescued', 'q'] as const;
export type RequestFilters = Partial<Record<(typeof filterNames)[number], string>>;

const pageSize = 200;

export function useRequestFilters(): RequestFilters {
  const [params] = useSearchParams();
  return useMemo(() => Object.fromEntries(filterNames.flatMap((name) => (params.get(name) ? [[name, params.get(name) ?? '']] : []))), [params]);
}

export function useRequests(filters: RequestFilters) {
  const [range] = useTimeRange();
  return useInfiniteQuery({
    queryKey: ['requests', range, filters],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => fetchRequests({ ...queryOf(range), ...filters, cursor: pageParam, limit: pageSize }, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function useRequest(id: string | null) {
  return useQuery({
    queryKey: ['requests', 'one', id],
    queryFn: ({ signal }) => call<RequestDetail>(`/api/v1/llm/requests/${id}`, { signal }),
    enabled: id !== null,
  });
}

/** Every row that the filters mean, page by page, for an export. */
export async function fetchAllRequests(query: Record<string, string | number | undefined>, most = 50_000): Promise<RequestRow[]> {
  const rows: RequestRow[] = [];
  let cursor = '';
  do {
    const page = await fetchRequests({ ...query, cursor, limit: 1000 });
    rows.push(...page.items);
    cursor = page.nextCursor ?? '';
  } while (cursor && rows.length < most);
  return rows;
}

function fetchRequests(query: Record<string, string | number | undefined>, signal?: AbortSignal): Promise<Page<RequestRow>> {
  return call<Page<RequestRow>>('/api/v1/llm/requests', { query, ...(signal ? { signal } : {}) });
}

/** Answered after another attempt had failed: by retry or failover. */
export function isRescued(row: Pick<RequestRow, 'status' | 'attempts'>): boolean {
  return row.status === 'succeeded' && row.attempts > 1;
}

/** Whether a row that arrived live belongs to the list as it is filtered. */
export function belongs(row: RequestRow, filters: RequestFilters): boolean {
  const { status, provider, model, key, task, dialect, rescued, q } = filters;
  if (status && row.status !== status) return false;
  if (provider && row.provider !== provider) return false;
  if (model && row.model !== model) return false;
  if (key && row.key?.id !== key) return false;
  if (task && row.taskType !== task) return false;
  if (dialect && row.dialect !== dialect) return false;
  if (rescued && !isRescued(row)) return false;
  return !q || [row.id, row.model, row.provider, row.route, row.user, row.key?.name].some((text) => text?.toLowerCase().includes(q.toLowerCase()));
}
