import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    base: string;
    user: string;
    password: string;
  }
}

const binaries = join(import.meta.dirname, '../../src/Switchyard.Server/bin');
const startMs = 120_000;

/** Starts a server for the run and signs its administrator in once, so that every test can come in by password. */
export default async function setup(project: TestProject) {
  const given = process.env.SWITCHYARD_URL;
  if (given) {
    project.provide('base', given.replace(/\/$/, ''));
    project.provide('user', process.env.SWITCHYARD_USER ?? 'admin');
    project.provide('password', process.env.SWITCHYARD_PASSWORD ?? '');
    return;
  }
  const server = await startServer();
  project.provide('base', server.base);
  project.provide('user', 'admin');
  project.provide('password', password);
  return server.end;
}

const password = 'a password for browser tests';

/** A server of one's own on an empty directory, with an administrator who has a password. */
export async function startServer() {
  const data = mkdtempSync(join(tmpdir(), 'switchyard-console-'));
  const port = await freePort();
  const run = () => spawn(binary(), ['serve', '--port', String(port), '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
  let running = run();
  const link = await said(running, /https?:\/\/\S+\/welcome\?token=[\w-]+/);
  await becomeAdministrator(new URL(link), password);
  const stop = async () => {
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGINT');
    await ended;
  };
  return {
    base: new URL(link).origin,
    stop,
    again: async () => {
      running = run();
      await said(running, /is ready/);
    },
    end: async () => {
      await stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function binary(): string {
  const own = process.env.SWITCHYARD_SERVER;
  const found = ['Debug', 'Release'].map((kind) => join(binaries, kind, 'net10.0', 'switchyard')).filter(existsSync);
  const newest = found.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  const path = own ?? newest;
  if (!path) throw new Error('The server is not built: run "dotnet build src/Switchyard.Server" first, or set SWITCHYARD_URL.');
  return path;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** What the server says when it is ready, such as its one-time link. */
function said(server: ChildProcess, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`The server was not ready in time:\n${text}`)), startMs);
    const listen = (chunk: Buffer) => {
      text += chunk.toString();
      const found = wanted.exec(text)?.[0];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    };
    server.stdout?.on('data', listen);
    server.stderr?.on('data', listen);
    server.once('exit', (code) => reject(new Error(`The server ended (${code}) before it was ready:\n${text}`)));
  });
}

async function becomeAdministrator(link: URL, password: string): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: link.origin };
  const session = await fetch(`${link.origin}/api/session/link`, { method: 'POST', headers, body: JSON.stringify({ token: link.searchParams.get('token') }) });
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const changed = await fetch(`${link.origin}/api/session/password`, { method: 'PUT', headers: { ...headers, cookie }, body: JSON.stringify({ new: password }) });
  if (!changed.ok) throw new Error(`Could not set the password: ${changed.status} ${await changed.text()}`);
}
