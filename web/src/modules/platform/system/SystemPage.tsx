import { IconServer } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { ConfigurationEntry } from '@/api/types';
import { useUrlParam } from '@/app/useUrlParam';
import { EmptyState } from '@/ui/EmptyState';
import { PageHead } from '@/ui/PageHead';
import { SearchBox } from '@/ui/SearchBox';
import type { Column } from '@/ui/table/columns';
import { DataTable } from '@/ui/table/DataTable';
import { TableTools } from '@/ui/table/TableTools';
import { SystemFacts } from './SystemFacts';
import { useConfiguration } from './useSystem';

export default function SystemPage() {
  const { t } = useTranslation();
  const configuration = useConfiguration();
  const [search] = useUrlParam('q');
  const columns = useConfigurationColumns();
  const wanted = (search ?? '').toLowerCase();
  const rows = configuration.data?.filter((entry) => `${entry.key} ${String(entry.value)} ${entry.source}`.toLowerCase().includes(wanted));
  return (
    <div className="page" style={{ height: '100%' }}>
      <PageHead title={t('nav.system')} />
      <SystemFacts />
      <PageHead level={2} title={t('system.configuration')} note={t('system.configurationNote')}>
        <SearchBox />
        <TableTools id="configuration" columns={columns} rows={rows} />
      </PageHead>
      <DataTable
        id="configuration"
        label={t('system.configuration')}
        columns={columns}
        rows={rows}
        rowKey={(entry) => entry.key}
        error={configuration.error}
        retry={() => void configuration.refetch()}
        empty={<EmptyState icon={IconServer} title={t('empty.filtered')} text={t('empty.filteredText')} />}
      />
    </div>
  );
}

function useConfigurationColumns(): Column<ConfigurationEntry>[] {
  const { t } = useTranslation();
  return useMemo<Column<ConfigurationEntry>[]>(
    () => [
      { id: 'key', header: t('system.key'), width: 'minmax(240px, 1.2fr)', sort: (e) => e.key, cell: (e) => <span className="mono">{e.key}</span> },
      { id: 'value', header: t('system.value'), width: 'minmax(240px, 1.6fr)', sort: (e) => textOf(e.value), cell: (e) => <span className="mono" title={textOf(e.value)}>{textOf(e.value)}</span> },
      { id: 'source', header: t('system.source'), width: 'minmax(160px, 0.8fr)', sort: (e) => e.source, cell: (e) => e.source },
      { id: 'description', header: t('system.meaning'), width: 'minmax(240px, 1.8fr)', text: (e) => e.description, cell: (e) => <span title={e.description ?? ''}>{e.description}</span> },
    ],
    [t],
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
