import { createContext, useEffect, useState, type ReactNode } from 'react';
import { readPreferences, watchPreferences } from '@/theme/preferences';
import { HotkeyRegistry } from './HotkeyRegistry';

export const HotkeyContext = createContext<HotkeyRegistry | null>(null);

/** Listens for keys once for the whole console. */
export function HotkeyProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new HotkeyRegistry());

  useEffect(() => {
    const apply = () => {
      const { hotkeys, reboundHotkeys } = readPreferences();
      registry.settings = { enabled: hotkeys, rebound: reboundHotkeys };
    };
    apply();
    return watchPreferences(apply);
  }, [registry]);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => registry.handle(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [registry]);

  return <HotkeyContext value={registry}>{children}</HotkeyContext>;
}
