import { useSyncExternalStore } from 'react';
import { translation, watchTranslation, type Translation } from './i18n';

/** The language on screen and its messages; renders anew when the language is switched. */
export function useTranslation(): Translation {
  return useSyncExternalStore(watchTranslation, translation);
}
