import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screens } from './addresses';
import { haveSimulator, openConsole, type Console } from './console';
import { pseudoMessages } from './pseudo';

/** What a person reads to find the way: none of it may be cut off or stand in the code. */
const signs = 'h1, h2, h3, button, label, [role="tab"], [role="columnheader"], nav a, legend, [role="radio"]';

describe.each([1440, 390])('in a language that needs more room, %i wide', (width) => {
  let console: Console;
  beforeAll(async () => {
    console = await openConsole({ width });
    const body = `export default ${JSON.stringify(pseudoMessages())}`;
    await console.page.route('**/assets/en-US-*.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
    await haveSimulator(console);
  });
  afterAll(() => console.close());

  it.each(screens)('%s shows no word from the code and cuts no sign off', async (_, path) => {
    const { page, base } = console;
    await page.goto(base + path);
    await page.locator('h1').first().waitFor({ state: 'attached' });
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    const found = await page.evaluate((selector) => {
      const faults: string[] = [];
      for (const sign of document.querySelectorAll<HTMLElement>(selector)) {
        const { width: wide, height } = sign.getBoundingClientRect();
        if (wide < 2 || height < 2) continue;
        // Names, code and keys are the same in every language.
        const copy = sign.cloneNode(true) as HTMLElement;
        copy.querySelectorAll('.mono, kbd, code, [lang]').forEach((part) => part.remove());
        const words = copy.textContent ?? '';
        if (/[A-Za-z]{3,}/.test(words) && !words.includes('[') && !sign.matches('.mono')) faults.push(`untranslated: ${words.trim().slice(0, 60)}`);
        for (const part of [sign, ...sign.querySelectorAll<HTMLElement>('*')]) {
          const { overflowX } = getComputedStyle(part);
          const box = part.getBoundingClientRect();
          if (box.width > 2 && overflowX !== 'visible' && part.scrollWidth > part.clientWidth + 1 && part.textContent?.trim()) faults.push(`cut off: ${part.textContent.trim().slice(0, 60)}`);
        }
      }
      if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways');
      const screen = document.querySelector('main');
      if (screen && screen.scrollWidth > screen.clientWidth + 1) faults.push('the screen scrolls sideways');
      return [...new Set(faults)];
    }, signs);
    expect(found).toEqual([]);
  });
});
