import { afterAll, beforeAll, expect, it } from 'vitest';
import { api, openConsole, type Console } from './console';

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
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Go on editing' }).click();
  await page.goBack();
  await page.getByRole('button', { name: 'Leave it' }).click();
  await page.waitForURL('**/admin/flags');
  // Nothing unsaved is left: Back and Forward are the browser's again.
  await page.goForward();
  await page.waitForURL('**/gateway/keys**');
});

it('keeps a list under a name: filters, columns and sort', async () => {
  const { page, base } = console;
  await api(console, 'POST', '/api/admin/keys', { name: 'viewed', scopes: ['client'] });
  await page.goto(`${base}/gateway/keys?q=viewed&sort=-name`);
  await page.getByRole('row', { name: /viewed/ }).waitFor();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitem', { name: 'Owner' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('columnheader', { name: 'Owner' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('textbox', { name: 'Name of this view' }).fill('My keys');
  await page.keyboard.press('Enter');
  await page.goto(`${base}/gateway/keys`);
  await page.reload();
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('link', { name: 'My keys' }).click();
  await page.waitForURL((url) => url.searchParams.get('q') === 'viewed' && url.searchParams.get('sort') === '-name');
  expect(new URL(page.url()).searchParams.get('columns')?.split(',')).not.toContain('owner');
  await page.getByRole('row', { name: /viewed/ }).waitFor();
});

it('revokes the chosen keys by keys, and no other', async () => {
  const { page, base } = console;
  for (const name of ['batch one', 'batch two', 'batch three']) await api(console, 'POST', '/api/admin/keys', { name, scopes: ['client'] });
  await page.goto(`${base}/gateway/keys?q=batch&sort=name`);
  await page.getByRole('row', { name: /batch two/ }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await page.getByRole('toolbar').getByText('3 chosen').waitFor();
  await page.getByRole('checkbox', { name: 'Choose batch two' }).click();
  await page.getByRole('toolbar').getByText('2 chosen').waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('toolbar').waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /batch one.*Revoked/ }).waitFor();
  await page.getByRole('row', { name: /batch three.*Revoked/ }).waitFor();
  expect(await page.getByRole('row', { name: /batch two.*Revoked/ }).count()).toBe(0);
});
