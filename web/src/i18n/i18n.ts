import i18next from 'i18next';
import ICU from 'i18next-icu';
import { initReactI18next } from 'react-i18next';
import { send } from '@/api/client';
import { restoreLanguage, storeLanguage, type Language } from './language';

type Messages = Record<string, string>;

/** One chunk per language; only the language on screen is loaded. */
const loaders: Record<Language, () => Promise<{ default: Messages }>> = {
  'en-US': () => import('./en-US'),
  'zh-CN': () => import('./zh-CN'),
};

export async function startI18n(): Promise<void> {
  const language = restoreLanguage();
  const { default: messages } = await loaders[language]();
  document.documentElement.lang = language;
  await i18next
    .use(ICU)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      resources: { [language]: { translation: messages } },
      keySeparator: false,
      nsSeparator: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
}

/** Switches without reload, and remembers it for the next visit. */
export async function chooseLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const { default: messages } = await loaders[language]();
    i18next.addResourceBundle(language, 'translation', messages);
  }
  storeLanguage(language);
  // The account remembers it too, for messages that the server writes; nobody signed in is no matter.
  void send('/api/session/language', { method: 'PUT', body: { language } }).catch(() => undefined);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
