import type { ChatCall } from '../code/snippets';

/** What a run asked, by the id under which the log knows it. The server keeps no bodies: this browser does, for its own. */
interface Kept {
  id: string;
  call: ChatCall;
}

const storageKey = 'switchyard.playground.calls';
const most = 50;
/** A longer prompt is not kept: it would push fifty others out. */
const longest = 32_000;

export function keepCall(id: string, call: ChatCall, storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage): void {
  if (JSON.stringify(call).length > longest) return;
  try {
    storage.setItem(storageKey, JSON.stringify([{ id, call }, ...read(storage).filter((kept) => kept.id !== id)].slice(0, most)));
  } catch {
    // No room left: this run can then not be asked again, and nothing else is lost.
  }
}

/** The next person at this browser must not read them. */
export function forgetCalls(): void {
  localStorage.removeItem(storageKey);
}

export function keptCall(id: string, storage: Pick<Storage, 'getItem'> = localStorage): ChatCall | null {
  return read(storage).find((kept) => kept.id === id)?.call ?? null;
}

function read(storage: Pick<Storage, 'getItem'>): Kept[] {
  try {
    const stored = JSON.parse(storage.getItem(storageKey) ?? '[]') as unknown;
    return Array.isArray(stored) ? (stored as Kept[]) : [];
  } catch {
    return [];
  }
}
