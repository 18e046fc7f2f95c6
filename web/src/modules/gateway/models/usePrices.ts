import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { Page, Price } from '@/api/types';
import { useMay } from '@/modules/platform/session/useSession';

const pricesKey = ['prices'];

export type PriceInput = Pick<Price, 'provider' | 'model' | 'currency' | 'cachedRead' | 'cacheWrite'> & Record<'input' | 'output', number | null>;

export function usePrices() {
  const may = useMay();
  return useQuery({
    queryKey: pricesKey,
    queryFn: async ({ signal }) => {
      const prices: Price[] = [];
      let cursor = '';
      do {
        const page = await call<Page<Price>>('/admin/config/prices', { signal, query: { cursor, limit: 1000 } });
        prices.push(...page.items);
        cursor = page.nextCursor ?? '';
      } while (cursor);
      return prices;
    },
    enabled: may('admin'),
    staleTime: 60_000,
  });
}

/** A changed price is a new version from now on; what was charged stays as it was. */
export function useSavePrice() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (price: PriceInput) => call('/admin/config/prices', { method: 'PUT', body: { items: [price] } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: pricesKey }),
  });
}
