/** Keys that a person may rebind; screens with keys of their own meaning keep them. */
export interface Bindable {
  id: string;
  keys: string;
  label: string;
}

export const bindableHotkeys: readonly Bindable[] = [
  { id: 'palette', keys: 'mod+k', label: 'hotkey.palette' },
  { id: 'sheet', keys: '?', label: 'hotkey.sheet' },
  { id: 'list.search', keys: '/', label: 'hotkey.search' },
  { id: 'list.next', keys: 'j', label: 'hotkey.next' },
  { id: 'list.previous', keys: 'k', label: 'hotkey.previous' },
  { id: 'list.openFull', keys: 'o', label: 'hotkey.openFull' },
  { id: 'list.copyId', keys: 'c', label: 'hotkey.copyId' },
  { id: 'list.choose', keys: 'x', label: 'hotkey.choose' },
  { id: 'list.live', keys: 'l', label: 'hotkey.live' },
  { id: 'list.nextError', keys: '.', label: 'hotkey.nextError' },
];

/** The action that already has these keys; `g` begins the sequences that go to a screen and stays theirs. */
export function conflictOf(id: string, keys: string, rebound: Record<string, string>): Bindable | undefined {
  if (keys === 'g') return { id: 'go', keys, label: 'hotkey.group.go' };
  return bindableHotkeys.find((other) => other.id !== id && (rebound[other.id] ?? other.keys) === keys);
}
