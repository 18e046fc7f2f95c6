import { afterAll, beforeAll, expect, it } from 'vitest';
import { openConsole, type Console } from './console';

let console: Console;
beforeAll(async () => {
  console = await openConsole();
});
afterAll(() => console.close());

it('asks before Back leaves what is not saved, and keeps it', async () => {
  const { page, base } = console;
  await page.goto(`${base}/admin/flags`);
  await page.getByRole('link', { name: 'Keys' }).click();
  await page.getByRole('button', { name: 'Create a key' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('half a key');
  await page.goBack();
  await page.getByRole('button', { name: 'Go on editing' }).click();
  expect(page.url()).toContain('/gateway/keys');
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('half a key');
  await page.goBack();
  await page.getByRole('button', { name: 'Leave it' }).click();
  await page.waitForURL('**/admin/flags');
  // Nothing unsaved is left: Back and Forward are the browser's again.
  await page.goForward();
  await page.waitForURL('**/gateway/keys**');
});
