import { Button } from '@mantine/core';
import { IconCoin } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import { useSetUrlParams, useUrlParam } from '@/app/useUrlParam';
import { useFormat } from '@/i18n/useFormat';
import { EmptyState } from '@/ui/EmptyState';
import { PageHead } from '@/ui/PageHead';
import { SearchBox } from '@/ui/SearchBox';
import type { Column } from '@/ui/table/columns';
import { DataTable } from '@/ui/table/DataTable';
import { TableTools } from '@/ui/table/TableTools';
import { ModelPeek } from './ModelPeek';
import { useModels, type ModelRow } from './useModels';

export default function ModelsPage() {
  const { t } = useTranslation();
  const { rows, error, retry } = useModels();
  const [open] = useUrlParam('open');
  const [search] = useUrlParam('q');
  const setParams = useSetUrlParams();
  const columns = useModelColumns();
  const wanted = (search ?? '').toLowerCase();
  const shown = rows?.filter((row) => row.id.toLowerCase().includes(wanted));
  const opened = rows?.find((row) => row.id === open);
  return (
    <div className="page" style={{ height: '100%' }}>
      <PageHead title={t('nav.models')} note={t('models.note')}>
        <SearchBox />
        <TableTools id="models" columns={columns} rows={shown} />
      </PageHead>
      <div style={{ display: 'flex', gap: 16, flex: 1, minHeight: 320 }}>
        <DataTable
          id="models"
          label={t('nav.models')}
          columns={columns}
          rows={shown}
          rowKey={(row) => row.id}
          error={error}
          retry={retry}
          openKey={open}
          onOpen={(row) => setParams({ open: row.id })}
          empty={
            search ? (
              <EmptyState icon={IconCoin} title={t('empty.filtered')} text={t('empty.filteredText')} action={<Button variant="default" onClick={() => setParams({ q: null })}>{t('empty.clear')}</Button>} />
            ) : (
              <EmptyState icon={IconCoin} title={t('models.empty.title')} text={t('models.empty.text')} action={<Button component={Link} to="/gateway/providers?new=1">{t('providers.add')}</Button>} />
            )
          }
        />
        {opened && <ModelPeek key={opened.id} row={opened} onClose={() => setParams({ open: null })} />}
      </div>
    </div>
  );
}

function useModelColumns(): Column<ModelRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo<Column<ModelRow>[]>(() => {
    const money = (row: ModelRow, value: number | null | undefined) => (value == null ? <span className="dim">–</span> : format.money(value, row.price?.currency));
    return [
      { id: 'model', header: t('requests.model'), width: 'minmax(184px, 1.5fr)', sort: (r) => r.model, cell: (r) => <span style={{ fontWeight: 500 }}>{r.model}</span> },
      { id: 'provider', header: t('requests.provider'), width: 'minmax(112px, 1fr)', sort: (r) => r.provider.name, cell: (r) => r.provider.name },
      { id: 'in', header: t('models.input'), width: '112px', align: 'right', sort: (r) => r.price?.input, cell: (r) => money(r, r.price?.input) },
      { id: 'out', header: t('models.output'), width: '112px', align: 'right', sort: (r) => r.price?.output, cell: (r) => money(r, r.price?.output) },
      { id: 'cached', header: t('models.cached'), width: '112px', align: 'right', sort: (r) => r.price?.cachedRead, cell: (r) => money(r, r.price?.cachedRead) },
      { id: 'source', header: t('models.source'), width: '112px', sort: (r) => r.price?.source, cell: (r) => r.price?.source ?? <span className="dim">{t('models.unpriced')}</span> },
      { id: 'ttft', header: t('models.ttft'), width: '104px', align: 'right', sort: (r) => r.usage?.ttftMsP50, cell: (r) => format.ms(r.usage?.ttftMsP50) },
      { id: 'requests', header: t('models.requests'), width: '96px', align: 'right', sort: (r) => r.usage?.requests, cell: (r) => format.compact(r.usage?.requests ?? 0) },
      { id: 'share', header: t('models.share'), width: '88px', align: 'right', sort: (r) => r.share, cell: (r) => format.percent(r.share) },
    ];
  }, [t, format]);
}
