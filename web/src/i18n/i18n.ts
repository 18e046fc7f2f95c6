import { send } from '@/api/client';
import { formatMessage, type Values } from './icu';
import { restoreLanguage, storeLanguage, type Language } from './language';

type Messages = Record<string, string>;

/** What the console says, in one language; a new one for every switch. */
export interface Translation {
  t(key: string, values?: Values): string;
  language: Language;
}

/** One chunk per language; only the language on screen is loaded. */
const loaders: Record<Language, () => Promise<{ default: Messages }>> = {
  'en-US': () => import('./en-US'),
  'zh-CN': () => import('./zh-CN'),
};

let current: Translation = { t: (key) => key, language: 'en-US' };
const watchers = new Set<() => void>();

export function watchTranslation(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export const translation = (): Translation => current;

export async function startI18n(): Promise<void> {
  await show(restoreLanguage());
}

/** Switches without reload, and remembers it for the next visit. */
export async function chooseLanguage(language: Language): Promise<void> {
  storeLanguage(language);
  // The account remembers it too, for messages that the server writes; nobody signed in is no matter.
  void send('/api/session/language', { method: 'PUT', body: { language } }).catch(() => undefined);
  await show(language);
}

async function show(language: Language): Promise<void> {
  const { default: messages } = await loaders[language]();
  current = {
    language,
    // A key without a message is shown as it is: the tests find it, and a reader still has a word.
    t: (key, values = {}) => {
      const message = messages[key];
      return message === undefined ? key : formatMessage(message, values, language);
    },
  };
  document.documentElement.lang = language;
  for (const watcher of watchers) watcher();
}
