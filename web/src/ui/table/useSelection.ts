import { useMemo, useState } from 'react';

export interface Selection {
  chosen: ReadonlySet<string>;
  toggle(key: string): void;
  /** From the last one that was toggled to this one, in the order on screen. */
  reach(key: string, order: readonly string[]): void;
  set(keys: readonly string[]): void;
}

/** Rows chosen for something to be done with all of them. Only what is listed counts: a filter must not hide a victim. */
export function useSelection<T>(rows: readonly T[] | undefined, keyOf: (row: T) => string) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | null>(null);
  const selected = useMemo(() => (rows ?? []).filter((row) => keys.has(keyOf(row))), [rows, keys, keyOf]);
  const chosen = useMemo(() => new Set(selected.map(keyOf)), [selected, keyOf]);
  const selection: Selection = {
    chosen,
    toggle: (key) => {
      const next = new Set(chosen);
      if (!next.delete(key)) next.add(key);
      setKeys(next);
      setLast(key);
    },
    reach: (key, order) => {
      const [from, to] = [order.indexOf(last ?? key), order.indexOf(key)].sort((a, b) => a - b);
      setKeys(new Set([...chosen, ...order.slice(Math.max(from ?? 0, 0), (to ?? 0) + 1)]));
      setLast(key);
    },
    set: (next) => {
      setKeys(new Set(next));
      setLast(null);
    },
  };
  return { selection, selected };
}
