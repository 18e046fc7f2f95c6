import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '@/api/client';
import type { Price, Provider, UsageFigures, UsageStats } from '@/api/types';
import { useProviders } from '../providers/useProviders';
import { usePrices } from './usePrices';

/** One model of one provider, with its present price and its week. */
export interface ModelRow {
  id: string;
  provider: Provider;
  model: string;
  price: Price | undefined;
  usage: UsageFigures | undefined;
  share: number | null;
}

export function useModels() {
  const { providers, query } = useProviders();
  const prices = usePrices();
  const stats = useQuery({
    queryKey: ['stats', 'by-model', 'week'],
    queryFn: ({ signal }) => call<UsageStats>('/api/v1/llm/stats', { signal, query: { from: new Date(Date.now() - 7 * 86_400_000).toISOString(), groupBy: 'model' } }),
  });
  const rows = useMemo<ModelRow[] | undefined>(() => {
    if (!query.data) return undefined;
    const total = stats.data?.totals.requests ?? 0;
    return providers.flatMap((provider) =>
      provider.models.map((model) => {
        const usage = stats.data?.groups.find((group) => group.key === model || group.key === `${provider.name}/${model}`);
        return {
          id: `${provider.name}/${model}`,
          provider,
          model,
          price: presentPrice(prices.data ?? [], provider, model),
          usage,
          share: usage && total > 0 ? usage.requests / total : null,
        };
      }),
    );
  }, [providers, query.data, prices.data, stats.data]);
  return { rows, error: query.error ?? prices.error, retry: () => void query.refetch() };
}

/** The newest price that names the provider, its kind, or only the model. */
function presentPrice(prices: readonly Price[], provider: Provider, model: string): Price | undefined {
  const now = new Date().toISOString();
  return prices
    .filter((price) => price.model === model && (!price.provider || price.provider === provider.name || price.provider === provider.kind) && price.validFrom <= now)
    .sort((a, b) => Number(b.provider !== null) - Number(a.provider !== null) || b.validFrom.localeCompare(a.validFrom))[0];
}
