import { currentLanguage } from '@/i18n/language';
import { ApiError, OfflineError } from './ApiError';
import type { Problem } from './types';

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  /** Version for `If-Match`, where two people may edit. */
  ifMatch?: number | string;
  signal?: AbortSignal;
}

/** Calls the server's API: JSON in and out, the session cookie as credential, problems as {@link ApiError}. */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const response = await send(path, options);
  if (!response.ok) throw await errorOf(response);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** The raw response, for streams and for headers. Throws only where the server cannot be reached. */
export async function send(path: string, { method = 'GET', query, body, ifMatch, signal }: CallOptions = {}): Promise<Response> {
  const headers: Record<string, string> = { 'Accept-Language': currentLanguage() };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (ifMatch !== undefined) headers['If-Match'] = `"${ifMatch}"`;
  try {
    return await fetch(address(path, query), {
      method,
      headers,
      credentials: 'same-origin',
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new OfflineError(error);
  }
}

/** A path with its query; empty values are left out. */
export function address(path: string, query: CallOptions['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** Reads a failed response in any of the server's error shapes (problem details, OpenAI, Anthropic). */
export async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  return new ApiError(response.status, problemOf(text, response.status), response.headers.get('x-request-id'));
}

function problemOf(text: string, status: number): Problem {
  try {
    const body = JSON.parse(text) as Problem & { error?: { message?: string; code?: string; type?: string } };
    if (body.error?.message) return { detail: body.error.message, code: body.error.code ?? body.error.type ?? '', status };
    return body;
  } catch {
    return { detail: text.trim().slice(0, 4000), status };
  }
}
