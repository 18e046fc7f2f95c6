import { useSyncExternalStore } from 'react';

export type Scheme = 'auto' | 'light' | 'dark';
export type Density = 'compact' | 'comfortable';

/** What a person has chosen for this browser; the language has its own key because it is read first. */
export interface Preferences {
  scheme: Scheme;
  density: Density;
  hotkeys: boolean;
  reboundHotkeys: Record<string, string>;
  navCollapsed: boolean;
  hiddenColumns: Record<string, string[]>;
  /** Lists as they were kept under a name, by list. */
  views: Record<string, { name: string; search: string }[]>;
}

const storageKey = 'switchyard.preferences';
const defaults: Preferences = {
  scheme: 'auto',
  density: 'compact',
  hotkeys: true,
  reboundHotkeys: {},
  navCollapsed: false,
  hiddenColumns: {},
  views: {},
};

const watchers = new Set<() => void>();
let cached: Preferences | null = null;

export function readPreferences(): Preferences {
  cached ??= load();
  return cached;
}

export function setPreferences(change: Partial<Preferences>): void {
  cached = { ...readPreferences(), ...change };
  localStorage.setItem(storageKey, JSON.stringify(cached));
  for (const watcher of watchers) watcher();
}

export function watchPreferences(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(watchPreferences, readPreferences);
}

function load(): Preferences {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Preferences>) };
  } catch {
    return defaults;
  }
}

// Another tab of the same browser has changed them.
if (typeof addEventListener === 'function') {
  addEventListener('storage', (event) => {
    if (event.key !== storageKey) return;
    cached = null;
    for (const watcher of watchers) watcher();
  });
}
