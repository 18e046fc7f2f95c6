import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { ApiKey, CreatedKey, Page } from '@/api/types';

const keysKey = ['keys'];

export interface KeyInput {
  name: string;
  scopes: string[];
  allowedModels: string[];
  expiresAt: string | null;
}

export function useKeys() {
  return useQuery({
    queryKey: keysKey,
    queryFn: ({ signal }) => call<Page<ApiKey>>('/api/admin/keys', { signal, query: { limit: 1000 } }),
  });
}

export function useCreateKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: KeyInput) => call<CreatedKey>('/api/admin/keys', { method: 'POST', body: bodyOf(input) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysKey }),
  });
}

export function useUpdateKey(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: KeyInput) => call<ApiKey>(`/api/admin/keys/${id}`, { method: 'PATCH', body: bodyOf(input) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysKey }),
  });
}

export function useRevokeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(`/api/admin/keys/${id}`, { method: 'DELETE' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysKey }),
  });
}

function bodyOf({ expiresAt, ...rest }: KeyInput) {
  return expiresAt ? { ...rest, expiresAt } : rest;
}
