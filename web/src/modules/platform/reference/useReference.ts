import { useQuery } from '@tanstack/react-query';
import { call } from '@/api/client';
import { operationsOf, type OpenApiDocument } from './document';

/** The API document of this server, and its operations. */
export function useReference() {
  return useQuery({
    queryKey: ['openapi'],
    queryFn: ({ signal }) => call<OpenApiDocument>('/openapi/v1.json', { signal }),
    staleTime: Infinity,
    select: (document) => ({ document, operations: operationsOf(document) }),
  });
}
