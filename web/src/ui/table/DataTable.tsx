import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { useUrlParam } from '@/app/useUrlParam';
import { usePreferences } from '@/theme/preferences';
import { ErrorView } from '../ErrorView';
import { leastWidth, nextSort, readSort, type Column } from './columns';
import { SkeletonRows } from './SkeletonRows';
import { useRowKeys } from './useRowKeys';
import type { Selection } from './useSelection';
import { useTableModel } from './useTableModel';
import classes from './DataTable.module.css';

interface Props<T> {
  /** Stable name; the chosen columns are remembered under it. */
  id: string;
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[] | undefined;
  rowKey(row: T): string;
  error?: unknown;
  retry?: () => void;
  empty: ReactNode;
  openKey?: string | null;
  onOpen?(row: T): void;
  onOpenFull?(row: T): void;
  /** Fetches the next page when the end comes near. */
  more?: { has: boolean; busy: boolean; load(): void };
  onScrolledAway?(away: boolean): void;
  /** Lets rows be chosen for something to be done with all of them. */
  selection?: Selection;
  /** What a row is called where it is chosen. */
  nameOf?(row: T): string;
}

const chooseWidth = 32;

/** A dense list: virtual rows, sort in the address, keys j/k/Enter, skeletons while it loads. */
export function DataTable<T extends object>({ id, label, columns, rows, rowKey, error, retry, empty, openKey, onOpen, onOpenFull, more, onScrolledAway, selection, nameOf }: Props<T>) {
  const { t } = useTranslation();
  const { density } = usePreferences();
  const [sort, setSort] = useUrlParam('sort');
  const { table, visible, rows: ordered } = useTableModel(id, columns, rows ?? [], rowKey, sort);
  const scroller = useRef<HTMLDivElement>(null);
  const height = density === 'compact' ? 32 : 40;
  const virtual = useVirtualizer({ count: ordered.length, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 12 });
  useEffect(() => virtual.measure(), [virtual, height]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more?.has && !more.busy && ordered.length > 0 && last >= ordered.length - 20) more.load();
  }, [more, last, ordered.length]);

  const { cursor, setCursor } = useRowKeys({ rows: ordered, rowKey, openKey, onOpen, onOpenFull, selection, reveal: (index) => virtual.scrollToIndex(index) });
  const tracks = [...(selection ? [`${chooseWidth}px`] : []), ...visible.map((column) => column.width)].join(' ');
  const modelRows = table.getRowModel().rows;
  const current = readSort(sort);

  if (error != null && !rows) {
    return (
      <div style={{ flex: 1, minWidth: 0 }}>
        <ErrorView error={error} retry={retry} />
      </div>
    );
  }
  if (rows?.length === 0) return <div className="panel" style={{ flex: 1 }}>{empty}</div>;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={more?.has ? -1 : ordered.length + 1}
      aria-busy={!rows}
      tabIndex={0}
      aria-activedescendant={cursor ? `${id}-${cursor}` : undefined}
      style={{ '--tracks': tracks, '--table-min': `${leastWidth(visible) + (selection ? chooseWidth : 0)}px`, '--row-height': `${height}px` } as React.CSSProperties}
      onScroll={(e) => onScrolledAway?.(e.currentTarget.scrollTop > height)}
    >
      <div className={classes.head} role="row">
        {selection && (
          <div role="columnheader" className={classes.choose}>
            <Checkbox
              size="xs"
              aria-label={t('table.chooseAll')}
              checked={selection.chosen.size > 0 && selection.chosen.size === ordered.length}
              indeterminate={selection.chosen.size > 0 && selection.chosen.size < ordered.length}
              onChange={() => selection.set(selection.chosen.size === ordered.length ? [] : ordered.map(rowKey))}
            />
          </div>
        )}
        {visible.map((column) => {
          const sorted = current?.id === column.id ? (current.descending ? 'descending' : 'ascending') : undefined;
          const canSort = column.sort !== undefined && !more;
          return (
            <div key={column.id} role="columnheader" aria-sort={sorted} className={classes.headCell} data-align={column.align}>
              {canSort ? (
                <button type="button" tabIndex={-1} className={classes.sort} onClick={() => setSort(nextSort(sort, column.id))}>
                  {column.header}
                  {sorted === 'ascending' && <IconArrowUp size={13} aria-hidden />}
                  {sorted === 'descending' && <IconArrowDown size={13} aria-hidden />}
                </button>
              ) : (
                column.header
              )}
            </div>
          );
        })}
      </div>
      {!rows ? (
        <SkeletonRows columns={visible.length} />
      ) : (
        <div className={classes.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const model = modelRows[item.index];
            if (!model) return null;
            return (
              <div
                key={model.id}
                id={`${id}-${model.id}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={openKey === model.id}
                data-cursor={cursor === model.id || undefined}
                data-clickable={onOpen !== undefined || undefined}
                className={classes.row}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={(e) => {
                  setCursor(model.id);
                  if (!(e.target as HTMLElement).closest('a, button, input, label')) onOpen?.(model.original);
                }}
              >
                {selection && (
                  <div role="gridcell" className={classes.choose}>
                    <Checkbox
                      size="xs"
                      tabIndex={-1}
                      aria-label={t('table.choose', { name: nameOf?.(model.original) ?? model.id })}
                      checked={selection.chosen.has(model.id)}
                      onChange={(e) => ((e.nativeEvent as MouseEvent).shiftKey ? selection.reach(model.id, ordered.map(rowKey)) : selection.toggle(model.id))}
                    />
                  </div>
                )}
                {model.getVisibleCells().map((cell, index) => (
                  <div key={cell.id} role="gridcell" className={classes.cell} data-align={visible[index]?.align}>
                    <table.FlexRender cell={cell} />
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      )}
      {more?.busy && rows && <div className={classes.more}>{t('table.loadingMore')}</div>}
    </div>
  );
}
