import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call } from '@/api/client';
import type { Job, Page } from '@/api/types';
import { useRealTimeUpdates } from '@/live/useLive';

const jobsKey = ['jobs'];
const none: Job[] = [];

/** Jobs, newest first; progress arrives by events, several a second are drawn as one. */
export function useJobs() {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const query = useQuery({
    queryKey: jobsKey,
    queryFn: ({ signal }) => call<Page<Job>>('/api/jobs', { signal, query: { limit: 200 } }),
  });
  useRealTimeUpdates(['jobs.changed'], () => {
    // Progress may come many times a second: one fetch a second is enough to see it move.
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: jobsKey });
    }, 1000);
  });
  const jobs = query.data?.items ?? none;
  return { jobs, running: jobs.filter((job) => job.status === 'running' || job.status === 'queued'), query };
}

export function useCancelJob() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(`/api/jobs/${id}/cancel`, { method: 'POST', body: {} }),
    onSuccess: () => queries.invalidateQueries({ queryKey: jobsKey }),
  });
}
