import { ActionIcon, Checkbox, Menu, Tooltip } from '@mantine/core';
import { IconColumns3, IconDownload } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { saveFile } from '../saveFile';
import { toCsv, type Column } from './columns';
import { useShownColumns } from './useShownColumns';

const SavedViews = lazy(async () => ({ default: (await import('./SavedViews')).SavedViews }));

interface Props<T> {
  id: string;
  columns: readonly Column<T>[];
  rows: readonly T[] | undefined;
  /** Fetches every row that the filters mean, where the list holds only its first pages. */
  all?: () => Promise<readonly T[]>;
}

/** Saved views, column picker and export of a list. */
export function TableTools<T>({ id, columns, rows, all }: Props<T>) {
  const { t } = useTranslation();
  const { shown, toggle } = useShownColumns(id, columns);
  const download = async () => saveFile(`${id}.csv`, 'text/csv;charset=utf-8', `\uFEFF${toCsv(columns, all ? await all() : (rows ?? []))}`);
  return (
    <span style={{ display: 'inline-flex', gap: 4 }}>
      <Suspense>
        <SavedViews id={id} shown={shown} />
      </Suspense>
      <Menu closeOnItemClick={false} position="bottom-end">
        <Menu.Target>
          <Tooltip label={t('table.columns')}>
            <ActionIcon aria-label={t('table.columns')}>
              <IconColumns3 size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {columns.map((column) => (
            <Menu.Item key={column.id} component="div" onClick={() => toggle(column.id)}>
              <Checkbox readOnly tabIndex={-1} checked={shown.includes(column.id)} label={column.header} style={{ pointerEvents: 'none' }} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={t('table.export')}>
        <ActionIcon aria-label={t('table.export')} onClick={() => void download()} disabled={!rows?.length}>
          <IconDownload size={16} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
