import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { CreatedUser, Page, User } from '@/api/types';

const usersKey = ['users'];

export interface UserInput {
  name: string;
  email: string;
  password?: string;
  roles: string[];
}

export function useUsers() {
  return useQuery({ queryKey: usersKey, queryFn: ({ signal }) => call<Page<User>>('/api/admin/users', { signal, query: { limit: 1000 } }) });
}

export function useCreateUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: UserInput) => call<CreatedUser>('/api/admin/users', { method: 'POST', body: input }),
    onSuccess: () => queries.invalidateQueries({ queryKey: usersKey }),
  });
}

export function useUpdateUser(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: { name?: string; email?: string; roles?: string[]; status?: 'active' | 'disabled' }) => call<User>(`/api/admin/users/${id}`, { method: 'PATCH', body: change }),
    onSuccess: () => queries.invalidateQueries({ queryKey: usersKey }),
  });
}

export function useDeleteUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(`/api/admin/users/${id}`, { method: 'DELETE' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: usersKey }),
  });
}

/** Takes password and sessions away; the answer holds a link to set a new one, once. */
export function useResetUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call<CreatedUser>(`/api/admin/users/${id}/reset`, { method: 'POST' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: usersKey }),
  });
}

export function useEndSessions() {
  return useMutation({ mutationFn: (id: string) => call(`/api/admin/users/${id}/sessions`, { method: 'DELETE' }) });
}
