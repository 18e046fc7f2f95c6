/** The languages the console speaks, complete; the first is the fallback. */
export const languages = ['en-US', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'switchyard.language';

export function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language);
}

/** The language chosen earlier, else the browser's first that we speak. */
export function restoreLanguage(storage: Pick<Storage, 'getItem'> = localStorage, wanted: readonly string[] = navigator.languages): Language {
  const stored = storage.getItem(storageKey);
  if (isLanguage(stored)) return stored;
  for (const tag of wanted) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en-US';
  }
  return 'en-US';
}

export function storeLanguage(language: Language, storage: Pick<Storage, 'setItem'> = localStorage): void {
  storage.setItem(storageKey, language);
}

/** The language on screen now, as the document carries it. */
export function currentLanguage(): Language {
  const tag = document.documentElement.lang;
  return isLanguage(tag) ? tag : 'en-US';
}

/** Each language's name in itself; never translated. */
export const languageNames: Record<Language, string> = { 'en-US': 'English', 'zh-CN': '简体中文' };
