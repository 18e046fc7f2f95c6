import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '@/api/client';
import type { Page, Provider, ProviderInput, ProviderKind, TestResult } from '@/api/types';
import { useRealTimeUpdates } from '@/live/useLive';

const providersKey = ['providers'];
const none: Provider[] = [];

export function useProviders(enabled = true) {
  const query = useQuery({
    queryKey: providersKey,
    queryFn: ({ signal }) => call<Page<Provider>>('/api/v1/llm/providers', { signal }),
    enabled,
  });
  return { providers: query.data?.items ?? none, query };
}

/** The providers as every screen may use them: names, models, health; kept fresh by events. */
export function useLlmProviders() {
  const { providers, query } = useProviders();
  const queries = useQueryClient();
  useRealTimeUpdates(['gateway.*'], (event) => {
    if (event.type.startsWith('gateway.provider')) void queries.invalidateQueries({ queryKey: providersKey });
  });
  return { providers, query };
}

export function useProviderKinds() {
  return useQuery({
    queryKey: ['provider-kinds'],
    queryFn: async ({ signal }) => {
      const answer = await call<Page<ProviderKind> | ProviderKind[]>('/admin/config/llm/kinds', { signal });
      return Array.isArray(answer) ? answer : answer.items;
    },
    staleTime: Infinity,
  });
}

/** The configuration of one provider with its version, for editing. */
export function useProviderConfiguration(id: string | null) {
  return useQuery({
    queryKey: [...providersKey, 'configuration', id],
    queryFn: ({ signal }) => call<Provider>(`/admin/config/llm/${id}`, { signal }),
    enabled: id !== null,
  });
}

export interface SavedProvider {
  provider: Provider;
  keyErased: boolean;
}

export function useSaveProvider(existing: Provider | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (input: ProviderInput): Promise<SavedProvider> => {
      const provider = existing
        ? await call<Provider>(`/admin/config/llm/${existing.id}`, { method: 'PUT', body: input, ifMatch: existing.version })
        : await call<Provider>('/admin/config/llm', { method: 'POST', body: input });
      return { provider, keyErased: provider.keyErased ?? false };
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: providersKey }),
  });
}

/** Tests what is stored, or what stands in a form that is not saved yet. */
export function useTestProvider() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, input }: { id?: string | undefined; input?: ProviderInput | undefined }) =>
      id && !input
        ? call<TestResult>(`/admin/config/llm/${id}/test`, { method: 'POST', body: {} })
        : call<TestResult>('/admin/config/llm/test', { method: 'POST', body: id ? { id, ...input } : input }),
    onSuccess: (_, { id }) => (id ? queries.invalidateQueries({ queryKey: providersKey }) : undefined),
  });
}

export function useProviderActions() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: providersKey });
  const activate = useMutation({ mutationFn: (id: string) => call(`/api/v1/llm/providers/${id}/activate`, { method: 'POST', body: {} }), onSuccess });
  const remove = useMutation({ mutationFn: (id: string) => call(`/admin/config/llm/${id}`, { method: 'DELETE' }), onSuccess });
  const setEnabled = useMutation({
    mutationFn: ({ id, enabled }: { id: string; enabled: boolean }) => switchProvider(id, enabled),
    onSuccess,
  });
  const order = useMutation({
    mutationFn: (ids: string[]) => call(`/api/v1/llm/providers/${ids[0]}/fallback`, { method: 'POST', body: { order: ids } }),
    onMutate: (ids) => {
      queries.setQueryData<Page<Provider>>(providersKey, (page) => page && { ...page, items: withOrder(page.items, ids) });
    },
    onSettled: onSuccess,
  });
  return { activate, remove, setEnabled, order };
}

/** Switches a provider on or off as it stands now, whatever a list shows of it. */
export async function switchProvider(id: string, enabled: boolean): Promise<unknown> {
  const now = await call<Provider>(`/admin/config/llm/${id}`);
  return call(`/admin/config/llm/${id}`, { method: 'PUT', body: { ...inputOf(now), enabled }, ifMatch: now.version });
}

/** What may be sent back of a stored configuration; the key stays because it is left out. */
export function inputOf(provider: Provider): ProviderInput {
  const { name, kind, endpoint, mode, models, options, enabled, connectTimeoutMs, totalTimeoutMs } = provider;
  return { name, kind, endpoint, mode, models, options, enabled, ...(connectTimeoutMs ? { connectTimeoutMs } : {}), ...(totalTimeoutMs ? { totalTimeoutMs } : {}) };
}

function withOrder(items: Provider[], ids: string[]): Provider[] {
  return items.map((item) => {
    const at = ids.indexOf(item.id);
    return { ...item, fallbackPosition: at < 0 ? null : at + 1 };
  });
}

/** Providers in fallback order; those without a place are not in it. */
export function useFallbackOrder(providers: Provider[]): Provider[] {
  return useMemo(
    () => providers.filter((p) => p.fallbackPosition !== null).sort((a, b) => (a.fallbackPosition ?? 0) - (b.fallbackPosition ?? 0)),
    [providers],
  );
}

/** The status as a person means it: health, unless it is switched off. */
export function statusOf(provider: Provider): string {
  if (!provider.enabled) return 'disabled';
  if (provider.status === 'needs-key') return 'needs-key';
  const health = provider.health?.status;
  return health && health !== 'unknown' ? health : provider.status;
}
