import { Button } from '@mantine/core';
import { IconApi } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { useSetUrlParams, useUrlParam } from '@/app/useUrlParam';
import { EmptyState } from '@/ui/EmptyState';
import { PageHead } from '@/ui/PageHead';
import { SearchBox } from '@/ui/SearchBox';
import type { Column } from '@/ui/table/columns';
import { DataTable } from '@/ui/table/DataTable';
import { TableTools } from '@/ui/table/TableTools';
import type { Operation } from './document';
import { OperationPeek } from './OperationPeek';
import { useReference } from './useReference';

/** Every route of this server, from its own API document. */
export default function ReferencePage() {
  const { t } = useTranslation();
  const reference = useReference();
  const [open] = useUrlParam('open');
  const [search] = useUrlParam('q');
  const setParams = useSetUrlParams();
  const columns = useOperationColumns();
  const wanted = (search ?? '').toLowerCase();
  const operations = reference.data?.operations;
  const rows = operations?.filter((o) => `${o.method} ${o.path} ${o.summary ?? ''} ${o.operationId}`.toLowerCase().includes(wanted));
  const opened = operations?.find((o) => o.operationId === open);
  return (
    <div className="page" style={{ height: '100%' }}>
      <PageHead title={t('nav.reference')}>
        <SearchBox />
        <TableTools id="reference" columns={columns} rows={rows} />
        <Button variant="default" component="a" href="/openapi/v1.json" target="_blank" rel="noopener">
          {t('reference.document')}
        </Button>
      </PageHead>
      <div style={{ display: 'flex', gap: 16, flex: 1, minHeight: 320 }}>
        <DataTable
          id="reference"
          label={t('nav.reference')}
          columns={columns}
          rows={rows}
          rowKey={(operation) => operation.operationId}
          error={reference.error}
          retry={() => void reference.refetch()}
          openKey={open}
          onOpen={(operation) => setParams({ open: operation.operationId })}
          empty={
            <EmptyState
              icon={IconApi}
              title={t('empty.filtered')}
              text={t('empty.filteredText')}
              action={<Button variant="default" onClick={() => setParams({ q: null })}>{t('empty.clear')}</Button>}
            />
          }
        />
        {opened && reference.data && (
          <OperationPeek key={opened.operationId} document={reference.data.document} operation={opened} onClose={() => setParams({ open: null })} />
        )}
      </div>
    </div>
  );
}

function useOperationColumns(): Column<Operation>[] {
  const { t } = useTranslation();
  return useMemo<Column<Operation>[]>(
    () => [
      { id: 'method', header: t('reference.method'), width: '80px', sort: (o) => o.method, cell: (o) => <span className="mono">{o.method}</span> },
      { id: 'path', header: t('reference.path'), width: 'minmax(280px, 1.2fr)', sort: (o) => o.path, cell: (o) => <span className="mono">{o.path}</span> },
      { id: 'summary', header: t('reference.summary'), width: 'minmax(240px, 1.6fr)', text: (o) => o.summary, cell: (o) => o.summary ?? '–' },
      { id: 'module', header: t('reference.module'), width: '104px', sort: (o) => o.module, cell: (o) => o.module },
      { id: 'access', header: t('reference.access'), width: '104px', sort: (o) => o.access, cell: (o) => o.access },
    ],
    [t],
  );
}
