import { useUrlParam } from '@/app/useUrlParam';
import { setPreferences, usePreferences } from '@/theme/preferences';
import type { Column } from './columns';

/** Which columns of a list are on show: what the address says, else what this browser remembers, else the usual. */
export function useShownColumns(id: string, columns: readonly Pick<Column<never>, 'id' | 'hidden'>[]) {
  const [asked, setAsked] = useUrlParam('columns');
  const { hiddenColumns } = usePreferences();
  const remembered = hiddenColumns[id];
  const usual = columns.filter((column) => !column.hidden).map((column) => column.id);
  const named = asked?.split(',').filter((name) => columns.some((column) => column.id === name));
  const shown = named?.length ? named : remembered ? columns.map((column) => column.id).filter((name) => !remembered.includes(name)) : usual;

  const toggle = (name: string) => {
    const next = columns.map((column) => column.id).filter((other) => (other === name ? !shown.includes(other) : shown.includes(other)));
    if (next.length === 0) return;
    setPreferences({ hiddenColumns: { ...hiddenColumns, [id]: columns.map((column) => column.id).filter((other) => !next.includes(other)) } });
    setAsked(next.join() === usual.join() ? null : next.join());
  };
  return { shown, toggle };
}
