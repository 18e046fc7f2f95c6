import { act, renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/ApiError';
import { errorOf } from '@/api/client';
import type { KindOption, Provider, ProviderKind, RequestDetail, RequestRow } from '@/api/types';
import { makeFormat } from '@/i18n/useFormat';
import { snippet, snippetLanguages } from '@/modules/gateway/code/snippets';
import { keepCall, keptCall } from '@/modules/gateway/playground/keptCalls';
import { addPane, askedFor, callOf, loadSetup, storeSetup } from '@/modules/gateway/playground/panes';
import { runChat } from '@/modules/gateway/playground/runChat';
import { originOf, useProviderForm } from '@/modules/gateway/providers/useProviderForm';
import { spansOf } from '@/modules/gateway/requests/timeline';
import { merge } from '@/modules/gateway/requests/useLiveTail';
import { belongs } from '@/modules/gateway/requests/useRequests';
import { difference } from '@/modules/platform/audit/difference';
import { firstOf } from '@/modules/platform/welcome/useFirstCall';
import { sidingsOf, trainSeconds } from '@/modules/platform/overview/plan';
import { Pulse } from '@/modules/platform/overview/pulse';

const option: KindOption = { name: 'api-version', required: true, default: '2024-10-21', pattern: null, choices: [] };
const kind: ProviderKind = { id: 'azure-openai', displayName: 'Azure OpenAI', dialect: 'open-ai-chat', defaultMode: 'cloud', defaultEndpoint: null, needsKey: true, knownEndpoints: [], keyVariable: null, capabilities: { chat: true, streaming: true, tools: true, vision: true, jsonSchema: true, embeddings: true, listModels: true }, options: [option], suggestedModels: ['gpt-4.1'] };
const stored: Provider = { id: '1', name: 'azure', kind: 'azure-openai', endpoint: 'https://a.example/openai', mode: 'cloud', models: ['m'], options: {}, hasKey: true, keyHint: '…x', enabled: true, active: false, fallbackPosition: null, status: 'ready', version: 2, createdAt: '', updatedAt: '', lastTest: null, capabilities: null, connectTimeoutMs: 3000, totalTimeoutMs: 600000, origin: 'console' };
const row = (id: string, more: Partial<RequestRow> = {}): RequestRow => ({ id, at: '2026-01-01T00:00:00Z', dialect: 'openai', endpoint: '/v1/chat/completions', key: null, user: null, feature: null, taskType: null, route: null, provider: 'p', model: 'm', status: 'succeeded', httpStatus: 200, stream: true, ttftMs: 100, totalMs: 500, tokens: { input: 1, output: 1, cachedRead: 0, cacheWrite: 0, reasoning: 0, estimated: false }, cost: null, currency: null, cache: 'bypass', requestId: `r${id}`, asked: null, attempts: 1, stopReason: null, errorClass: null, reason: null, ...more });

describe('the provider form', () => {
  it('follows the kind', () => {
    const { result } = renderHook(() => useProviderForm(null, [kind]));
    act(() => result.current.chooseKind('azure-openai'));
    expect(result.current.values).toMatchObject({ name: 'azure-openai', mode: 'cloud', models: ['gpt-4.1'], options: { 'api-version': '2024-10-21' } });
  });

  it('leaves the stored key out, and warns when the address would erase it', () => {
    const { result } = renderHook(() => useProviderForm(stored, [kind]));
    expect(result.current.input).not.toHaveProperty('apiKey');
    act(() => result.current.set({ endpoint: 'https://a.example/other' }));
    expect(result.current.keyWillBeErased).toBe(false);
    act(() => result.current.set({ endpoint: 'https://a.example:8443/openai' }));
    expect(result.current.keyWillBeErased).toBe(true);
    act(() => result.current.set({ apiKey: 'new' }));
    expect(result.current.keyWillBeErased).toBe(false);
    expect(originOf('HTTPS://A.example/x')).toBe('https://a.example');
  });
});

describe('errors of the server', () => {
  it('are understood in every dialect, with what is wrong by field', async () => {
    const problem = await errorOf(new Response(JSON.stringify({ title: 'T', detail: 'D', code: 'invalid_request', errors: [{ code: 'x', field: 'name', detail: 'Too long.', cure: 'Shorten it.' }] }), { status: 400, headers: { 'x-request-id': 'r1' } }));
    expect(problem).toBeInstanceOf(ApiError);
    expect(problem.fields()).toEqual({ name: 'Too long. Shorten it.' });
    expect(problem.requestId).toBe('r1');
    const openai = await errorOf(new Response('{"error":{"message":"no such model","code":"model_not_found"}}', { status: 404 }));
    expect([openai.message, openai.code]).toEqual(['no such model', 'model_not_found']);
    expect((await errorOf(new Response('<h1>Bad gateway</h1>', { status: 502 }))).message).toBe('<h1>Bad gateway</h1>');
  });
});

describe('the playground', () => {
  it('is kept between visits and never has more than four panes', () => {
    let setup = loadSetup();
    for (let i = 0; i < 9; i++) setup = addPane(setup);
    expect(setup.panes.map((pane) => pane.id)).toEqual(['1', '2', '3', '4']);
    storeSetup({ ...setup, prompt: 'hi' });
    expect(loadSetup().prompt).toBe('hi');
    expect(callOf({ ...setup, prompt: 'hi', system: '', temperature: '', maxTokens: 5 }, 'p/m')).toEqual({ model: 'p/m', messages: [{ role: 'user', content: 'hi' }], stream: true, max_tokens: 5 });
  });

  it('streams pieces as they come, and a cut stream is an error', async () => {
    const stream = (body: string) => vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } })));
    const heard: string[] = [];
    const progress = { text: (piece: string) => heard.push(piece), usage: () => undefined, headers: () => undefined, stop: () => undefined };
    stream('data: {"choices":[{"delta":{"content":"Hel"}}]}\n\ndata: {"choices":[{"delta":{"content":"lo"}}]}\n\ndata: [DONE]\n\n');
    await runChat({ model: 'm', messages: [], stream: true }, progress, new AbortController().signal);
    expect(heard.join('')).toBe('Hello');
    stream('data: {"choices":[{"delta":{"content":"Hel"}}]}\n\ndata: {"error":{"message":"upstream went away"}}\n\n');
    await expect(runChat({ model: 'm', messages: [], stream: true }, progress, new AbortController().signal)).rejects.toThrow('upstream went away');
    vi.unstubAllGlobals();
  });
});

describe('calls as code', () => {
  it.each(snippetLanguages)('%s has the base URL, the model and never a key', (language) => {
    const code = snippet(language, { model: 'p/m', messages: [{ role: 'user', content: "it's \"quoted\"" }], stream: true }, 'http://sy:8080');
    expect(code).toContain('http://sy:8080/v1');
    expect(code).toContain('p/m');
    expect(code).toMatch(/KEY/);
  });

  it('survives quotes in a shell', () => {
    expect(snippet('curl', { model: 'm', messages: [{ role: 'user', content: "it's" }] }, '')).toContain("it'\\''s");
  });
});

describe('the request log', () => {
  it('draws attempts and stages on one axis', () => {
    const detail: RequestDetail = { ...row('1', { totalMs: 900 }), attemptList: [{ provider: 'a', model: 'm', startedAt: '2026-01-01T00:00:00.010Z', ms: 300, status: 503, class: 'unavailable', code: null, message: null, upstreamRequestId: null }, { provider: 'b', model: 'm', startedAt: '2026-01-01T00:00:00.400Z', ms: 500, status: 200, class: 'none', code: null, message: null, upstreamRequestId: null }], priceVersion: null, dealId: null, cycleId: null, node: 'n', timeline: [] };
    const { spans, totalMs } = spansOf(detail);
    expect(totalMs).toBe(900);
    expect(spans.filter((span) => span.attempt !== null).map((span) => [span.fromMs, span.toMs, span.failed])).toEqual([[10, 310, true], [400, 900, false]]);
  });

  it('takes live rows only where they belong, each once, newest first', () => {
    expect(belongs(row('1', { status: 'failed' }), { status: 'failed', provider: 'p' })).toBe(true);
    expect(belongs(row('1'), { status: 'failed' })).toBe(false);
    expect(belongs(row('1', { model: 'GPT-X' }), { q: 'gpt' })).toBe(true);
    expect(belongs(row('1', { attempts: 2 }), { rescued: 'true' })).toBe(true);
    expect(belongs(row('1'), { rescued: 'true' })).toBe(false);
    expect(belongs(row('1', { attempts: 2, status: 'failed' }), { rescued: 'true' })).toBe(false);
    expect(merge([row('3'), row('2')], [row('2'), row('1')]).map((r) => r.id)).toEqual(['3', '2', '1']);
  });
});

describe('the overview', () => {
  it('counts a bounded window of live seconds', () => {
    const pulse = new Pulse();
    for (let second = 0; second < 1000; second++) pulse.add({ node: 'n', requests: 2, failed: 1, tokensIn: 1, tokensOut: 1, cost: 0.5, latencyMsP50: 1, latencyMsP95: 2, recent: [] }, new Date(second * 1000).toISOString());
    expect(pulse.sum(10, 999)).toMatchObject({ requests: 20, failed: 10, cost: 5 });
    expect(pulse.series(999).times.length).toBe(300);
    expect(pulse.sum(100_000, 999).requests).toBeLessThanOrEqual(2 * 302);
  });

  it('puts the active provider on the straight track and stops the trains when nothing flows', () => {
    const { sidings, hidden } = sidingsOf(Array.from({ length: 8 }, (_, i) => ({ ...stored, id: String(i), name: `p${i}`, active: i === 3 })));
    expect(sidings[0]).toMatchObject({ name: 'p3', active: true });
    expect(hidden).toBe(3);
    expect(trainSeconds(0)).toBeNull();
    expect(trainSeconds(100)).toBeLessThan(trainSeconds(1) ?? 0);
  });
});

describe('audit differences', () => {
  it('names only the leaves that changed', () => {
    expect(difference({ a: 1, b: { c: 'x' }, l: [1] }, { a: 1, b: { c: 'y' }, l: [1, 2] })).toEqual([
      { path: 'b.c', before: 'x', after: 'y' },
      { path: 'l[1]', before: undefined, after: '2' },
    ]);
    expect(difference(null, { a: 1 })).toEqual([{ path: 'a', before: undefined, after: '1' }]);
  });
});

describe('figures', () => {
  it('are written by locale, small money with its digits, nothing as a dash', () => {
    const en = makeFormat('en-US');
    expect([en.money(41.274), en.money(0.0003), en.money(null), en.ms(412), en.ms(12_345), en.duration(93_784)]).toEqual(['$41.27', '$0.0003', '–', '412 ms', '12.3s', '1d 2h']);
    expect(makeFormat('zh-CN').compact(18_420)).toBe('1.8万');
  });
});

describe('the first run', () => {
  it('waits for a call that somebody made, not for the test of a provider', () => {
    const tested = row('3', { endpoint: 'connection-test' });
    expect(firstOf([tested])).toBeNull();
    expect(firstOf([tested, row('2'), row('1')])?.id).toBe('1');
  });
});

describe('asking a logged call again', () => {
  const call = { model: 'a/x', messages: [{ role: 'system', content: 'Be short.' }, { role: 'user', content: 'Why?' }], stream: true, temperature: 0.2 };

  it('restores what this browser asked, with the models side by side', () => {
    const setup = askedFor(loadSetup({ getItem: () => null }), ['a/x', 'b/y'], call);
    expect(setup).toMatchObject({ system: 'Be short.', prompt: 'Why?', temperature: 0.2, maxTokens: '', stream: true });
    expect(setup.panes.map((pane) => pane.model)).toEqual(['a/x', 'b/y']);
    expect(callOf(setup, 'a/x')).toEqual(call);
  });

  it('leaves what was set up where nothing is known of the call', () => {
    const before = { ...loadSetup({ getItem: () => null }), prompt: 'mine' };
    expect(askedFor(before, ['b/y'], null)).toMatchObject({ prompt: 'mine', panes: [{ id: '1', model: 'b/y' }] });
  });

  it('keeps the last fifty calls, and none that is very long', () => {
    for (let n = 0; n < 60; n++) keepCall(`r${n}`, call);
    keepCall('long', { ...call, messages: [{ role: 'user', content: 'x'.repeat(40_000) }] });
    expect([keptCall('r59'), keptCall('r10'), keptCall('r9'), keptCall('long')]).toEqual([call, call, null, null]);
    localStorage.setItem('switchyard.playground.calls', '{"broken"');
    expect(keptCall('r59')).toBeNull();
  });
});
