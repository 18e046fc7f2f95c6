import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { Job, Page } from '@/api/types';
import { useRealTimeUpdates } from '@/live/useLive';

const jobsKey = ['jobs'];
const none: Job[] = [];

/** Jobs, newest first; progress arrives by events, several a second are drawn as one. */
export function useJobs() {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: jobsKey,
    queryFn: ({ signal }) => call<Page<Job>>('/api/jobs', { signal, query: { limit: 200 } }),
  });
  useRealTimeUpdates(['platform.*', 'job.*', 'jobs.*'], (event) => {
    if (event.type.includes('job')) void queries.invalidateQueries({ queryKey: jobsKey });
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
