import { useMemo, useState } from 'react';
import type { Provider, ProviderInput, ProviderKind } from '@/api/types';

export interface ProviderValues {
  kind: string;
  name: string;
  endpoint: string;
  mode: string;
  /** Empty: leave the stored key as it is. */
  apiKey: string;
  models: string[];
  options: Record<string, string>;
  connectTimeoutMs: number | '';
  totalTimeoutMs: number | '';
}

/** The values of a provider's form and what follows from them; knows nothing of how it looks. */
export function useProviderForm(existing: Provider | null, kinds: readonly ProviderKind[]) {
  const initial = useMemo(() => valuesOf(existing), [existing]);
  const [values, setValues] = useState(initial);
  const kind = kinds.find((candidate) => candidate.id === values.kind);
  const dirty = JSON.stringify(values) !== JSON.stringify(initial);
  const keyWillBeErased = existing !== null && existing.hasKey && values.apiKey === '' && originOf(values.endpoint) !== originOf(existing.endpoint);

  const set = (change: Partial<ProviderValues>) => setValues((before) => ({ ...before, ...change }));
  const chooseKind = (id: string) => {
    const chosen = kinds.find((candidate) => candidate.id === id);
    if (!chosen) return;
    set({
      kind: id,
      name: values.name === '' || values.name === values.kind ? id : values.name,
      endpoint: chosen.defaultEndpoint ?? '',
      mode: chosen.defaultMode,
      models: [...chosen.suggestedModels],
      options: Object.fromEntries(chosen.options.filter((o) => o.default !== null).map((o) => [o.name, o.default ?? ''])),
    });
  };
  return { values, set, kind, chooseKind, dirty, keyWillBeErased, input: inputOf(values, existing) };
}

function valuesOf(provider: Provider | null): ProviderValues {
  return {
    kind: provider?.kind ?? '',
    name: provider?.name ?? '',
    endpoint: provider?.endpoint ?? '',
    mode: provider?.mode ?? 'cloud',
    apiKey: '',
    models: provider?.models ?? [],
    options: provider?.options ?? {},
    connectTimeoutMs: provider?.connectTimeoutMs ?? '',
    totalTimeoutMs: provider?.totalTimeoutMs ?? '',
  };
}

function inputOf(values: ProviderValues, existing: Provider | null): ProviderInput {
  const { apiKey, connectTimeoutMs, totalTimeoutMs, options, ...rest } = values;
  return {
    ...rest,
    options: Object.fromEntries(Object.entries(options).filter(([, value]) => value !== '')),
    enabled: existing?.enabled ?? true,
    ...(apiKey ? { apiKey } : {}),
    ...(connectTimeoutMs === '' ? {} : { connectTimeoutMs }),
    ...(totalTimeoutMs === '' ? {} : { totalTimeoutMs }),
  };
}

/** Scheme, host and port: when one of them changes, the server erases the stored key. */
export function originOf(endpoint: string): string {
  try {
    return new URL(endpoint).origin;
  } catch {
    return endpoint;
  }
}
