import { errorOf, send } from '@/api/client';
import { SseParser } from '@/live/sse';
import type { ChatCall } from '../code/snippets';

export interface ChatUsage {
  prompt_tokens?: number;
  completion_tokens?: number;
  prompt_tokens_details?: { cached_tokens?: number };
}

export interface ChatProgress {
  text(piece: string, reasoning: boolean): void;
  usage(usage: ChatUsage): void;
  headers(headers: Headers): void;
  stop(reason: string): void;
}

interface Chunk {
  choices?: { delta?: Delta; message?: Delta; finish_reason?: string | null }[];
  usage?: ChatUsage | null;
  error?: { message?: string };
}

interface Delta {
  content?: string | null;
  reasoning_content?: string | null;
}

/** Calls a model through the gateway with the console's own session, telling of each piece as it comes. */
export async function runChat(chat: ChatCall, progress: ChatProgress, signal: AbortSignal): Promise<void> {
  const body = chat.stream ? { ...chat, stream_options: { include_usage: true } } : chat;
  const response = await send('/v1/chat/completions', { method: 'POST', body, signal });
  progress.headers(response.headers);
  if (!response.ok) throw await errorOf(response);
  if (!chat.stream || !response.body) return take((await response.json()) as Chunk, progress);

  const decoder = new TextDecoder();
  let failure: string | null = null;
  const parser = new SseParser(({ data }) => {
    if (data === '[DONE]') return;
    const chunk = JSON.parse(data) as Chunk;
    failure ??= chunk.error?.message ?? null;
    take(chunk, progress);
  });
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parser.push(decoder.decode(value, { stream: true }));
  }
  // A stream that was cut says so in its last event; it must not look finished.
  if (failure) throw new Error(failure);
}

function take(chunk: Chunk, progress: ChatProgress): void {
  if (chunk.usage) progress.usage(chunk.usage);
  const choice = chunk.choices?.[0];
  const delta = choice?.delta ?? choice?.message;
  if (delta?.reasoning_content) progress.text(delta.reasoning_content, true);
  if (delta?.content) progress.text(delta.content, false);
  if (choice?.finish_reason) progress.stop(choice.finish_reason);
}
