import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { inject } from 'vitest';

export interface Console {
  page: Page;
  context: BrowserContext;
  base: string;
  /** What went wrong in the page by itself: uncaught errors, refused scripts. */
  complaints: string[];
  /** Hosts other than the server's that the page tried to reach. */
  foreign: string[];
  close(): Promise<void>;
}

export interface Look {
  language?: 'en-US' | 'zh-CN';
  scheme?: 'light' | 'dark';
  width?: number;
  signedIn?: boolean;
  /** Another address than the run's server: a line of one's own, which a test may cut. */
  base?: string;
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A fresh browser with the console in it. */
export async function openConsole({ language = 'en-US', scheme = 'light', width = 1440, signedIn = true, base = inject('base') }: Look = {}): Promise<Console> {
  const profile = mkdtempSync(join(tmpdir(), 'switchyard-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width, height: 900 },
    args: flags,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.addInitScript(
    ([chosen, colours]) => {
      // Only as a beginning: what a test changes must survive its reloads.
      if (!localStorage.getItem('switchyard.language')) localStorage.setItem('switchyard.language', chosen ?? '');
      if (!localStorage.getItem('switchyard.preferences')) localStorage.setItem('switchyard.preferences', JSON.stringify({ scheme: colours }));
    },
    [language, scheme],
  );
  if (signedIn) await signIn(context, base);
  const page = context.pages()[0] ?? (await context.newPage());
  // Nothing here is about speed: a slow machine must come to the same answer.
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && /Content.Security.Policy|Refused/.test(message.text()) && complaints.push(message.text()));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== base && protocol.startsWith('http')) foreign.push(request.url());
  });
  return {
    page,
    context,
    base,
    complaints,
    foreign,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

export async function signIn(context: BrowserContext, base: string): Promise<void> {
  const answer = await context.request.post(`${base}/api/session`, {
    data: { name: inject('user'), password: inject('password') },
    headers: { origin: base },
  });
  if (!answer.ok()) throw new Error(`Could not sign in: ${answer.status()} ${await answer.text()}`);
}

/** Calls the API as the signed-in person, beside the page. */
export async function api<T>({ context, base }: Console, method: string, path: string, data?: unknown): Promise<T> {
  const answer = await context.request.fetch(base + path, { method, headers: { origin: base, 'content-type': 'application/json' }, ...(data === undefined ? {} : { data }) });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** A simulator to call, made once for the run. */
export async function haveSimulator(console: Console): Promise<string> {
  const name = 'simulator-e2e';
  const { items } = await api<{ items: { name: string; id: string; active: boolean; models: string[] }[] }>(console, 'GET', '/api/v1/llm/providers');
  const existing = items.find((item) => item.name === name);
  if (existing) return `${name}/${existing.models[0] ?? ''}`;
  const { items: kinds } = await api<{ items: { id: string; suggestedModels: string[]; defaultEndpoint: string | null }[] }>(console, 'GET', '/admin/config/llm/kinds');
  const kind = kinds.find((candidate) => candidate.id === 'simulator');
  const models = kind?.suggestedModels.length ? kind.suggestedModels : ['echo'];
  const created = await api<{ id: string }>(console, 'POST', '/admin/config/llm', { name, kind: 'simulator', endpoint: kind?.defaultEndpoint ?? 'http://localhost', models });
  await api(console, 'POST', `/api/v1/llm/providers/${created.id}/activate`);
  return `${name}/${models[0]}`;
}
