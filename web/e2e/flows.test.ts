import { afterAll, beforeAll, expect, it } from 'vitest';
import { api, haveSimulator, openConsole, type Console } from './console';

let console: Console;
let model = '';
beforeAll(async () => {
  console = await openConsole();
  model = await haveSimulator(console);
});
afterAll(() => console.close());

it('a first run ends in a call that is seen live', async () => {
  const created = await api<{ inviteLink: string; id: string }>(console, 'POST', '/api/admin/users', { name: `newcomer-${Date.now()}`, roles: ['admin'] });
  const fresh = await openConsole({ signedIn: false });
  const { page, base } = fresh;
  await page.goto(base + new URL(created.inviteLink, base).pathname + new URL(created.inviteLink, base).search);
  await page.getByLabel('New password').fill('newcomer has a password');
  expect(page.url()).not.toContain('token');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByText('Waiting for the first call').waitFor();
  await page.getByRole('button', { name: 'Make the call from here' }).click();
  await page.getByText(/^Received:/).waitFor();
  await page.getByRole('link', { name: 'Open it' }).click();
  await page.getByRole('tab', { name: 'Timeline' }).waitFor();
  await fresh.close();
});

it('a provider that fails its test shows the whole reason, is mended and made active', async () => {
  const { page, base } = console;
  const name = `mended-${Date.now()}`;
  await page.goto(`${base}/gateway/providers?new=1`);
  await page.getByRole('combobox', { name: 'Kind', exact: true }).click();
  await page.getByRole('option', { name: /compatible/i }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'Endpoint' }).fill('http://127.0.0.1:1/v1');
  await page.getByRole('combobox', { name: 'Mode', exact: true }).click();
  await page.getByRole('option', { name: 'Local' }).click();
  await page.getByRole('combobox', { name: 'Models' }).fill('some-model');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByText('The connection does not work').waitFor();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: 'Make active' }).waitFor();
  await page.getByRole('button', { name: 'Make active' }).click();
  await page.getByRole('alert').first().waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('textbox', { name: `Type ${name} to confirm` }).fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('row', { name: new RegExp(name) }).waitFor({ state: 'detached' });
  // What is gone is not remembered as open.
  await page.waitForURL('**/gateway/providers');
});

it('a key is shown once, works, and is refused after it is revoked', async () => {
  const { page, base } = console;
  const name = `key-${Date.now()}`;
  await page.goto(`${base}/gateway/keys?new=1`);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  const secret = (await page.getByLabel('The key').textContent()) ?? '';
  expect(secret).toMatch(/^sy-/);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  const call = () => fetch(`${base}/v1/chat/completions`, { method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }, body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }) });
  expect((await call()).status).toBe(200);
  expect(await page.content()).not.toContain(secret);
  await page.getByRole('row', { name: new RegExp(name) }).click();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(async () => (await call()).status, { timeout: 30_000 }).toBe(401);
});

it('a streamed answer in the playground is found in the request log with its tokens', async () => {
  const { page, base } = console;
  await page.goto(`${base}/gateway/playground?model=${encodeURIComponent(model)}`);
  await page.getByRole('textbox', { name: 'Message' }).fill('Say hello to the yard');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('link', { name: 'In the log' }).waitFor();
  await page.getByRole('log').filter({ hasText: /simulator/i }).waitFor();
  await page.goto(`${base}/gateway/requests?live=1`);
  await page.getByRole('row', { name: /Succeeded/ }).first().waitFor();
  await page.getByRole('row', { name: /Succeeded/ }).first().click();
  await page.getByRole('tab', { name: 'Money' }).click();
  await page.getByText('Charged').waitFor();
});

it('a run that is asked for before the models are known waits for them', async () => {
  const { page, base } = console;
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/api/v1/llm/providers*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${base}/gateway/playground?model=${encodeURIComponent(model)}`);
  await page.getByRole('textbox', { name: 'Message' }).fill('Say hello early');
  await page.keyboard.press('Control+Enter');
  release();
  await page.getByRole('log').filter({ hasText: /simulator/i }).waitFor();
  await page.unroute('**/api/v1/llm/providers*');
});

it('a call of the playground is asked again from the log, beside another model', async () => {
  const { page, base } = console;
  await page.goto(`${base}/gateway/playground?model=${encodeURIComponent(model)}`);
  await page.getByRole('textbox', { name: 'Message' }).fill('Ask me twice');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('link', { name: 'In the log' }).click();
  await page.getByRole('row', { name: /Succeeded/ }).first().click();
  await page.getByRole('tab', { name: 'Messages' }).click();
  await page.getByText('Ask me twice').first().waitFor();
  await page.evaluate(() => localStorage.removeItem('switchyard.playground'));
  await page.getByRole('link', { name: 'Compare two models' }).click();
  await page.getByRole('log').nth(1).waitFor();
  expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Ask me twice');
  const models = await page.getByRole('combobox', { name: 'Model' }).evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  expect(models[0]).toBe(model);
  expect(new Set(models).size).toBe(2);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('link', { name: 'In the log' }).nth(1).waitFor();
});

it('is worked by keys alone, with reload and back restoring the screen', async () => {
  const { page, base } = console;
  await page.goto(base);
  await page.locator('h1').first().waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.waitForURL('**/gateway/providers');
  await page.getByRole('row').nth(1).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL('**open=**');
  const opened = page.url();
  await page.reload();
  await page.getByRole('complementary').waitFor();
  expect(page.url()).toBe(opened);
  await page.keyboard.press('Escape');
  await page.getByRole('complementary').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Go to/ }).fill('audit');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/admin/audit');
  await page.goBack();
  await page.waitForURL('**/gateway/providers');
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Next row').first().waitFor();
  await page.keyboard.press('Escape');
});

it('P23 keeps the language over a reload, without one for the switch', async () => {
  const { page, base } = console;
  await page.goto(`${base}/settings`);
  await page.getByText('简体中文').click();
  await page.getByRole('heading', { name: '设置' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: '设置' }).waitFor();
  expect(await page.evaluate(() => [document.documentElement.lang, localStorage.getItem('switchyard.language')])).toEqual(['zh-CN', 'zh-CN']);
  await page.getByText('English').click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
});
