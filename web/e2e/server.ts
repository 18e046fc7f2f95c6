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
  const data = mkdtempSync(join(tmpdir(), 'switchyard-console-'));
  const port = await freePort();
  const server = spawn(binary(), ['serve', '--port', String(port), '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
  const link = await signInLink(server);
  const password = 'a password for browser tests';
  await becomeAdministrator(link, password);
  project.provide('base', link.origin);
  project.provide('user', 'admin');
  project.provide('password', password);
  return async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
    rmSync(data, { recursive: true, force: true });
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

/** The one-time link that the server prints when it is ready. */
function signInLink(server: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`The server was not ready in time:\n${said}`)), startMs);
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const link = /https?:\/\/\S+\/welcome\?token=[\w-]+/.exec(said)?.[0];
      if (!link) return;
      clearTimeout(timer);
      resolve(new URL(link));
    };
    server.stdout?.on('data', listen);
    server.stderr?.on('data', listen);
    server.once('exit', (code) => reject(new Error(`The server ended (${code}) before it was ready:\n${said}`)));
  });
}

async function becomeAdministrator(link: URL, password: string): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: link.origin };
  const session = await fetch(`${link.origin}/api/session/link`, { method: 'POST', headers, body: JSON.stringify({ token: link.searchParams.get('token') }) });
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const changed = await fetch(`${link.origin}/api/session/password`, { method: 'PUT', headers: { ...headers, cookie }, body: JSON.stringify({ new: password }) });
  if (!changed.ok) throw new Error(`Could not set the password: ${changed.status} ${await changed.text()}`);
}
