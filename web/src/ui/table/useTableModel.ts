import { columnVisibilityFeature, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { compare, readSort, type Column } from './columns';
import { useShownColumns } from './useShownColumns';

const features = tableFeatures({ columnVisibilityFeature });

/** The table's model: which columns are on show, and the rows in the order asked for. */
export function useTableModel<T extends object>(id: string, columns: readonly Column<T>[], rows: readonly T[], rowKey: (row: T) => string, sortText: string | null) {
  const { shown } = useShownColumns(id, columns);
  const shownText = shown.join();

  const data = useMemo(() => {
    const sort = readSort(sortText);
    const by = columns.find((column) => column.id === sort?.id)?.sort;
    return sort && by ? [...rows].sort((a, b) => compare(by(a), by(b), sort.descending)) : [...rows];
  }, [columns, rows, sortText]);

  const definitions = useMemo<ColumnDef<typeof features, T>[]>(
    () => columns.map((column) => ({ id: column.id, header: column.header, cell: ({ row }) => column.cell(row.original) })),
    [columns],
  );
  const columnVisibility = useMemo(
    () => Object.fromEntries(columns.map((c) => [c.id, shownText.split(',').includes(c.id)])),
    [columns, shownText],
  );
  const table = useTable({ features, columns: definitions, data, state: { columnVisibility }, getRowId: rowKey });
  const visible = columns.filter((column) => columnVisibility[column.id]);
  return { table, visible, rows: data };
}
