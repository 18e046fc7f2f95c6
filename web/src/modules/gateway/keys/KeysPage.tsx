import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { useOpenRow } from '@/app/useOpenRow';
import { useSetUrlParams, useUrlParam } from '@/app/useUrlParam';
import { EmptyState } from '@/ui/EmptyState';
import { PageHead } from '@/ui/PageHead';
import { SearchBox } from '@/ui/SearchBox';
import { DataTable } from '@/ui/table/DataTable';
import { TableTools } from '@/ui/table/TableTools';
import { useSelection } from '@/ui/table/useSelection';
import type { ApiKey, CreatedKey } from '@/api/types';
import { KeyForm } from './KeyForm';
import { KeyPeek } from './KeyPeek';
import { KeyShownOnce } from './KeyShownOnce';
import { useKeyColumns } from './useKeyColumns';
import { useKeys } from './useKeys';

const KeyBatch = lazy(() => import('./KeyBatch'));
const keyOf = (key: ApiKey) => key.id;

export default function KeysPage() {
  const { t } = useTranslation();
  const keys = useKeys();
  const [open] = useUrlParam('open');
  const [creating] = useUrlParam('new');
  const [search] = useUrlParam('q');
  const setParams = useSetUrlParams();
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const columns = useKeyColumns();

  const wanted = (search ?? '').toLowerCase();
  const rows = keys.data?.items.filter((key) => `${key.name} ${key.prefix} ${key.owner ?? ''} ${key.scopes.join(' ')}`.toLowerCase().includes(wanted));
  const opened = useOpenRow(keys, keyOf);
  const { selection, selected } = useSelection(rows, keyOf);
  const add = (
    <Button leftSection={<IconPlus size={15} />} onClick={() => setParams({ new: '1' })}>
      {t('keys.add')}
    </Button>
  );
  return (
    <div className="page" style={{ height: '100%' }}>
      <PageHead title={t('nav.keys')}>
        <SearchBox />
        <TableTools id="keys" columns={columns} rows={rows} />
        {add}
      </PageHead>
      {selected.length > 0 && (
        <Suspense>
          <KeyBatch selected={selected} selection={selection} />
        </Suspense>
      )}
      <div style={{ display: 'flex', gap: 16, flex: 1, minHeight: 320 }}>
        <DataTable
          id="keys"
          label={t('nav.keys')}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          selection={selection}
          nameOf={(key) => key.name}
          error={keys.error}
          retry={() => void keys.refetch()}
          openKey={open}
          onOpen={(key) => setParams({ open: key.id })}
          empty={
            search ? (
              <EmptyState icon={IconKey} title={t('empty.filtered')} text={t('empty.filteredText')} action={<Button variant="default" onClick={() => setParams({ q: null })}>{t('empty.clear')}</Button>} />
            ) : (
              <EmptyState icon={IconKey} title={t('keys.empty.title')} text={t('keys.empty.text')} action={add} />
            )
          }
        />
        {opened && <KeyPeek key={opened.id} apiKey={opened} onClose={() => setParams({ open: null })} />}
      </div>
      {creating && !created && (
        <KeyForm
          existing={null}
          onClose={() => setParams({ new: null })}
          onCreated={(key) => {
            setCreated(key);
            setParams({ new: null });
          }}
        />
      )}
      {created && <KeyShownOnce created={created} onClose={() => setCreated(null)} />}
    </div>
  );
}
