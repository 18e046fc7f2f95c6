import type { RequestDetail } from '@/api/types';

export interface Span {
  /** Message key part, or the server's own name. */
  name: string;
  /** Which attempt it is; null for a stage. */
  attempt: number | null;
  fromMs: number;
  toMs: number;
  failed: boolean;
}

/** The request as bars on one time axis: stages as the server names them, each attempt, the stream, the end. */
export function spansOf(request: RequestDetail): { spans: Span[]; totalMs: number } {
  const start = new Date(request.at).getTime();
  const spans: Span[] = [];
  for (const [index, attempt] of request.attemptList.entries()) {
    const fromMs = Math.max(0, new Date(attempt.startedAt).getTime() - start);
    const toMs = fromMs + Math.max(0, attempt.ms ?? 0);
    spans.push({ name: 'attempt', attempt: index, fromMs, toMs, failed: isFailure(attempt.status, attempt.class) });
  }
  if (request.ttftMs !== null && request.totalMs !== null && request.stream) {
    spans.push({ name: 'stream', attempt: null, fromMs: request.ttftMs, toMs: request.totalMs, failed: false });
  }
  for (const stage of request.timeline ?? []) {
    // Attempts are drawn from their own list, which knows how long each took.
    if (stage.step === 'attempt') continue;
    spans.push({ name: stage.step, attempt: null, fromMs: stage.ms, toMs: stage.ms, failed: stage.note === 'failed' });
  }
  spans.sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
  const totalMs = Math.max(1, request.totalMs ?? 0, ...spans.map((span) => span.toMs));
  return { spans, totalMs };
}

export function isFailure(status: number | string | null, errorClass: string | null): boolean {
  if (errorClass && errorClass !== 'none') return true;
  return typeof status === 'number' ? status >= 400 : status === 'failed';
}
