import { ApiError } from './ApiError';

/** What the server says about each field of a form. */
export function fieldErrors(error: unknown): Record<string, string> {
  return error instanceof ApiError ? error.fields() : {};
}
