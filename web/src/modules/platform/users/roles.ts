import type { Role } from '@/api/types';

export const roles: readonly Role[] = ['viewer', 'submitter', 'reviewer', 'analyst', 'merchandiser', 'admin'];

/** What a role may do, as the server expands it; the columns of the matrix. */
export const abilities = ['view', 'submit', 'review', 'analyse', 'merchandise', 'call', 'administer'] as const;

export const abilitiesOf: Record<Role, readonly (typeof abilities)[number][]> = {
  viewer: ['view'],
  submitter: ['view', 'submit', 'call'],
  reviewer: ['view', 'submit', 'review', 'call'],
  analyst: ['view', 'analyse', 'call'],
  merchandiser: ['view', 'merchandise', 'call'],
  admin: abilities,
};
