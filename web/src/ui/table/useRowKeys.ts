import { useState } from 'react';
import { useHotkeys } from '@/hotkeys/useHotkeys';
import type { Selection } from './useSelection';

interface Options<T> {
  rows: readonly T[];
  rowKey(row: T): string;
  openKey?: string | null | undefined;
  onOpen?: ((row: T) => void) | undefined;
  onOpenFull?: ((row: T) => void) | undefined;
  selection?: Selection | undefined;
  reveal(index: number): void;
}

/** Moves a cursor through a list by keys; while a row is open beside it, the open row follows. */
export function useRowKeys<T>({ rows, rowKey, openKey, onOpen, onOpenFull, selection, reveal }: Options<T>) {
  const [moved, setCursor] = useState<string | null>(null);
  const cursor = openKey ?? moved;

  const move = (step: number) => {
    const at = rows.findIndex((row) => rowKey(row) === cursor);
    const index = Math.min(Math.max(at + step, 0), rows.length - 1);
    const row = rows[index];
    if (!row) return;
    setCursor(rowKey(row));
    reveal(index);
    if (openKey) onOpen?.(row);
  };
  const withRow = (run: ((row: T) => void) | undefined) => () => {
    const row = rows.find((candidate) => rowKey(candidate) === cursor);
    if (row) run?.(row);
  };

  const group = 'hotkey.group.list';
  useHotkeys([
    { id: 'list.next', keys: 'j', label: 'hotkey.next', group, run: () => move(1) },
    { id: 'list.previous', keys: 'k', label: 'hotkey.previous', group, run: () => move(-1) },
    { id: 'list.down', keys: 'ArrowDown', label: 'hotkey.next', group, run: () => move(1) },
    { id: 'list.up', keys: 'ArrowUp', label: 'hotkey.previous', group, run: () => move(-1) },
    ...(onOpen ? [{ id: 'list.open', keys: 'Enter', label: 'hotkey.open', group, run: withRow(onOpen) }] : []),
    ...(onOpenFull ? [{ id: 'list.openFull', keys: 'o', label: 'hotkey.openFull', group, run: withRow(onOpenFull) }] : []),
    { id: 'list.copyId', keys: 'c', label: 'hotkey.copyId', group, run: () => cursor && void navigator.clipboard.writeText(cursor) },
    ...(selection
      ? [
          {
            id: 'list.choose',
            keys: 'x',
            label: 'hotkey.choose',
            group,
            run: (event: KeyboardEvent) => {
              if (!cursor) return;
              if (event.shiftKey) selection.reach(cursor, rows.map(rowKey));
              else selection.toggle(cursor);
            },
          },
        ]
      : []),
    ...(openKey
      ? [
          { id: 'detail.next', keys: ']', label: 'hotkey.next', group, run: () => move(1) },
          { id: 'detail.previous', keys: '[', label: 'hotkey.previous', group, run: () => move(-1) },
        ]
      : []),
  ]);
  return { cursor, setCursor };
}
