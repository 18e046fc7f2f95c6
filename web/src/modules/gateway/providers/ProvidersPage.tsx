import { Button, Stack } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { Provider } from '@/api/types';
import { useOpenRow } from '@/app/useOpenRow';
import { useSetUrlParams, useUrlParam } from '@/app/useUrlParam';
import { useMay } from '@/modules/platform/session/useSession';
import { EmptyState } from '@/ui/EmptyState';
import { PageHead } from '@/ui/PageHead';
import { SearchBox } from '@/ui/SearchBox';
import { DataTable } from '@/ui/table/DataTable';
import { TableTools } from '@/ui/table/TableTools';
import { useSelection } from '@/ui/table/useSelection';
import { FallbackOrder } from './FallbackOrder';
import { ProviderForm } from './ProviderForm';
import { ProviderPeek } from './ProviderPeek';
import { useLlmProviders, useProviderConfiguration } from './useProviders';
import { useProviderColumns } from './useProviderColumns';
import classes from './ProvidersPage.module.css';

const ProviderBatch = lazy(() => import('./ProviderBatch'));

export default function ProvidersPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { providers, query } = useLlmProviders();
  const [open] = useUrlParam('open');
  const [creating] = useUrlParam('new');
  const [editing] = useUrlParam('edit');
  const [search] = useUrlParam('q');
  const setParams = useSetUrlParams();
  const configuration = useProviderConfiguration(editing);
  const columns = useProviderColumns();

  const wanted = (search ?? '').toLowerCase();
  const rows = query.data && providers.filter((p) => `${p.name} ${p.kind} ${p.endpoint} ${p.models.join(' ')}`.toLowerCase().includes(wanted));
  const opened = useOpenRow(query, (provider) => provider.id);
  const { selection, selected } = useSelection(rows, keyOf);
  const add = may('admin') && (
    <Button leftSection={<IconPlus size={15} />} onClick={() => setParams({ new: '1', edit: null })}>
      {t('providers.add')}
    </Button>
  );
  return (
    <div className={`page ${classes.page}`}>
      <PageHead title={t('nav.providers')}>
        <SearchBox />
        <TableTools id="providers" columns={columns} rows={rows} />
        {add}
      </PageHead>
      <div className={classes.split}>
        <Stack gap="md" flex={1} miw={0}>
          {selected.length > 0 && (
            <Suspense>
              <ProviderBatch selected={selected} selection={selection} />
            </Suspense>
          )}
          <DataTable
            id="providers"
            label={t('nav.providers')}
            columns={columns}
            rows={rows}
            rowKey={keyOf}
            {...(may('admin') ? { selection, nameOf: (provider: Provider) => provider.name } : {})}
            error={query.error}
            retry={() => void query.refetch()}
            openKey={open}
            onOpen={(provider) => setParams({ open: provider.id })}
            empty={
              search ? (
                <EmptyState icon={IconPlugConnected} title={t('empty.filtered')} text={t('empty.filteredText')} action={<Button variant="default" onClick={() => setParams({ q: null })}>{t('empty.clear')}</Button>} />
              ) : (
                <EmptyState icon={IconPlugConnected} title={t('providers.empty.title')} text={t('providers.empty.text')} action={add} code={curlToAdd()} />
              )
            }
          />
          {may('admin') && providers.length > 1 && <FallbackOrder providers={providers} />}
        </Stack>
        {opened && <ProviderPeek key={opened.id} provider={opened} onClose={() => setParams({ open: null })} onEdit={() => setParams({ edit: opened.id })} />}
      </div>
      {creating && <ProviderForm existing={null} onClose={(saved) => setParams({ new: null, ...(saved ? { open: saved.id } : {}) })} />}
      {editing && configuration.data && <ProviderForm key={configuration.data.version} existing={configuration.data} onReload={() => void configuration.refetch()} onClose={() => setParams({ edit: null })} />}
    </div>
  );
}

const keyOf = (provider: Provider) => provider.id;

function curlToAdd(): string {
  return `curl ${location.origin}/admin/config/llm \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\
  -d '{"name":"simulator","kind":"simulator","endpoint":"http://localhost","models":["simulator"]}'`;
}
