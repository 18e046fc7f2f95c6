import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChatCall } from '../code/snippets';
import { keepCall } from './keptCalls';
import { runChat, type ChatUsage } from './runChat';

export interface PaneRun {
  state: 'idle' | 'running' | 'done' | 'failed' | 'stopped';
  text: string;
  reasoning: string;
  ttftMs: number | null;
  totalMs: number | null;
  usage: ChatUsage | null;
  stopReason: string | null;
  requestId: string | null;
  provider: string | null;
  model: string | null;
  /** As the gateway states it; null where a stream has begun before it is known. */
  cost: number | null;
  error: unknown;
}

const idle: PaneRun = { state: 'idle', text: '', reasoning: '', ttftMs: null, totalMs: null, usage: null, stopReason: null, requestId: null, provider: null, model: null, cost: null, error: null };
const repaintMs = 60;

/** One pane's call: runs, streams, measures; a new run or leaving stops the old one upstream too. */
export function usePaneRun() {
  const [run, setRun] = useState<PaneRun>(idle);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const stop = useCallback(() => abort.current?.abort(), []);
  const start = useCallback(async (call: ChatCall) => {
    abort.current?.abort();
    const own = (abort.current = new AbortController());
    const began = performance.now();
    const now: PaneRun = { ...idle, state: 'running' };
    const show = () => abort.current === own && setRun({ ...now });
    const timer = setInterval(show, repaintMs);
    show();
    try {
      await runChat(
        call,
        {
          text: (piece, reasoning) => {
            now.ttftMs ??= performance.now() - began;
            if (reasoning) now.reasoning += piece;
            else now.text += piece;
          },
          usage: (usage) => (now.usage = usage),
          stop: (reason) => (now.stopReason = reason),
          headers: (headers) => {
            now.requestId = headers.get('x-request-id');
            if (now.requestId) keepCall(now.requestId, call);
            now.provider = headers.get('x-switchyard-provider');
            now.model = headers.get('x-switchyard-model');
            const cost = Number.parseFloat(headers.get('x-switchyard-cost') ?? '');
            now.cost = Number.isFinite(cost) ? cost : null;
          },
        },
        own.signal,
      );
      now.state = 'done';
    } catch (error) {
      now.state = own.signal.aborted ? 'stopped' : 'failed';
      now.error = own.signal.aborted ? null : error;
    } finally {
      clearInterval(timer);
      now.totalMs = performance.now() - began;
      show();
    }
  }, []);
  return { run, start, stop };
}

/** Output tokens a second, from the first token to the last. */
export function speedOf(run: PaneRun): number | null {
  const tokens = run.usage?.completion_tokens;
  if (!tokens || run.totalMs === null || run.ttftMs === null) return null;
  const seconds = (run.totalMs - run.ttftMs) / 1000;
  return seconds > 0.02 ? tokens / seconds : null;
}
