import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { languages, restoreLanguage, storeLanguage } from '@/i18n/language';

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);

describe('P23 language preference persistence', () => {
  beforeEach(() => localStorage.clear());

  it('P23 keeps the last choice over any sequence of changes and loads', () => {
    console.info(`seed ${seed}`);
    const change = fc.record({ language: fc.constantFrom(...languages), reload: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), fc.array(fc.string(), { maxLength: 4 }), (changes, wanted) => {
        localStorage.clear();
        for (const { language, reload } of changes) {
          storeLanguage(language);
          if (reload) expect(restoreLanguage(localStorage, wanted)).toBe(language);
        }
        expect(restoreLanguage(localStorage, wanted)).toBe(changes.at(-1)?.language);
      }),
      { numRuns: 300, seed },
    );
  });

  it('P23 falls back to a language we speak, whatever stands in the storage', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.oneof(fc.string(), fc.constantFrom('zh-TW', 'zh', 'en-GB', 'de')), { maxLength: 5 }), (stored, wanted) => {
        localStorage.setItem('switchyard.language', stored);
        expect(languages).toContain(restoreLanguage(localStorage, wanted));
      }),
      { numRuns: 300, seed },
    );
  });

  it('takes the browser’s first language that we speak', () => {
    expect(restoreLanguage(localStorage, ['de', 'zh-TW', 'en-US'])).toBe('zh-CN');
    expect(restoreLanguage(localStorage, ['fr', 'en-GB', 'zh-CN'])).toBe('en-US');
  });

  it('switches the running console without reload and remembers it', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(null, { status: 204 }))));
    storeLanguage('en-US');
    const { startI18n, chooseLanguage, translation } = await import('@/i18n/i18n');
    await startI18n();
    expect(translation().t('nav.providers')).toBe('Providers');
    await chooseLanguage('zh-CN');
    expect(translation().t('nav.providers')).toBe('提供方');
    expect(document.documentElement.lang).toBe('zh-CN');
    expect(restoreLanguage(localStorage, ['en-US'])).toBe('zh-CN');
    vi.unstubAllGlobals();
  });
});
