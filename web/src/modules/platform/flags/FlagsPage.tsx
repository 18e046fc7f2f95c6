import { Button, Progress } from '@mantine/core';
import { IconFlag, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { Flag } from '@/api/types';
import { useOpenRow } from '@/app/useOpenRow';
import { useSetUrlParams, useUrlParam } from '@/app/useUrlParam';
import { useFormat } from '@/i18n/useFormat';
import { EmptyState } from '@/ui/EmptyState';
import { PageHead } from '@/ui/PageHead';
import { SearchBox } from '@/ui/SearchBox';
import { StatusMark } from '@/ui/StatusMark';
import type { Column } from '@/ui/table/columns';
import { DataTable } from '@/ui/table/DataTable';
import { TableTools } from '@/ui/table/TableTools';
import { Time } from '@/ui/Time';
import { FlagPeek } from './FlagPeek';
import { NewFlag } from './NewFlag';
import { useFlags } from './useFlags';

export default function FlagsPage() {
  const { t } = useTranslation();
  const flags = useFlags();
  const [open] = useUrlParam('open');
  const [creating] = useUrlParam('new');
  const [search] = useUrlParam('q');
  const setParams = useSetUrlParams();
  const columns = useFlagColumns();
  const wanted = (search ?? '').toLowerCase();
  const rows = flags.data?.items.filter((flag) => `${flag.name} ${flag.description ?? ''}`.toLowerCase().includes(wanted));
  const opened = useOpenRow(flags, (flag) => flag.name);
  const add = (
    <Button leftSection={<IconPlus size={15} />} onClick={() => setParams({ new: '1' })}>
      {t('flags.add')}
    </Button>
  );
  return (
    <div className="page" style={{ height: '100%' }}>
      <PageHead title={t('nav.flags')}>
        <SearchBox />
        <TableTools id="flags" columns={columns} rows={rows} />
        {add}
      </PageHead>
      <div style={{ display: 'flex', gap: 16, flex: 1, minHeight: 320 }}>
        <DataTable
          id="flags"
          label={t('nav.flags')}
          columns={columns}
          rows={rows}
          rowKey={(flag) => flag.name}
          error={flags.error}
          retry={() => void flags.refetch()}
          openKey={open}
          onOpen={(flag) => setParams({ open: flag.name })}
          empty={
            search ? (
              <EmptyState icon={IconFlag} title={t('empty.filtered')} text={t('empty.filteredText')} action={<Button variant="default" onClick={() => setParams({ q: null })}>{t('empty.clear')}</Button>} />
            ) : (
              <EmptyState icon={IconFlag} title={t('flags.empty.title')} text={t('flags.empty.text')} action={add} />
            )
          }
        />
        {opened && <FlagPeek key={`${opened.name}-${opened.version}`} flag={opened} onClose={() => setParams({ open: null })} />}
      </div>
      {creating && <NewFlag onClose={(name) => setParams({ new: null, ...(name ? { open: name } : {}) })} />}
    </div>
  );
}

function useFlagColumns(): Column<Flag>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo<Column<Flag>[]>(
    () => [
      { id: 'name', header: t('flags.name'), width: 'minmax(184px, 1.2fr)', sort: (f) => f.name, cell: (f) => <span className="mono">{f.name}</span> },
      { id: 'state', header: t('flags.state'), width: '120px', sort: (f) => f.state, cell: (f) => <StatusMark status={f.kill ? 'killed' : f.state} /> },
      {
        id: 'share',
        header: t('flags.share'),
        width: '144px',
        sort: shareOf,
        cell: (f) => (
          <span style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
            <Progress size="sm" flex={1} value={shareOf(f)} aria-label={f.name} />
            <span className="num" style={{ width: 40 }}>{format.percent(shareOf(f) / 100, 0)}</span>
          </span>
        ),
      },
      { id: 'targets', header: t('flags.targets'), width: 'minmax(104px, 0.8fr)', text: (f) => f.targets.join(' '), cell: (f) => f.targets.join(', ') || '–' },
      { id: 'description', header: t('flags.description'), width: 'minmax(160px, 1.6fr)', text: (f) => f.description, cell: (f) => f.description ?? '–' },
      { id: 'by', header: t('flags.by'), width: '120px', sort: (f) => f.updatedBy, cell: (f) => f.updatedBy ?? '–' },
      { id: 'at', header: t('common.changed'), width: '112px', sort: (f) => f.updatedAt, cell: (f) => <Time at={f.updatedAt} ago /> },
      { id: 'source', header: t('flags.source'), width: '96px', hidden: true, sort: (f) => f.source, cell: (f) => f.source },
    ],
    [t, format],
  );
}

function shareOf(flag: Flag): number {
  if (flag.kill || flag.state === 'off') return 0;
  return flag.state === 'on' ? 100 : (flag.percentage ?? 0);
}
