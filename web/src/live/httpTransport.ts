import { errorOf, send } from '@/api/client';
import type { LiveTransport } from './LiveConnection';

/** The event stream over fetch: unlike EventSource it sees every event type and says why it was refused. */
export const httpTransport: LiveTransport = {
  async open(after, signal) {
    const response = await send('/api/llm/stream-updates', { signal, query: { lastEventId: after } });
    if (!response.ok || !response.body) throw await errorOf(response);
    return pieces(response.body);
  },
};

async function* pieces(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    reader.releaseLock();
  }
}
