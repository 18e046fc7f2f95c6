import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, OfflineError } from '@/api/ApiError';

/** A session that has ended shows the door again, wherever it is noticed. */
function onError(error: unknown): void {
  if (error instanceof ApiError && error.status === 401 && location.pathname !== '/sign-in') {
    void queryClient.invalidateQueries({ queryKey: ['session'] });
  }
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // What was refused stays refused; only a lost line is worth another try.
      retry: (count, error) => count < 2 && (error instanceof OfflineError || (error instanceof ApiError && error.status >= 502)),
    },
  },
});
