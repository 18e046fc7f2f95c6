import { Button, Switch } from '@mantine/core';
import { IconArrowUp, IconListDetails } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { useNavigate } from 'react-router';
import { queryOf, useTimeRange } from '@/app/timeRange';
import { useSetUrlParams, useUrlParam } from '@/app/useUrlParam';
import { useHotkeys } from '@/hotkeys/useHotkeys';
import { EmptyState } from '@/ui/EmptyState';
import { PageHead } from '@/ui/PageHead';
import { DataTable } from '@/ui/table/DataTable';
import { TableTools } from '@/ui/table/TableTools';
import { chatCurl } from '../code/snippets';
import { RequestFilterBar } from './RequestFilterBar';
import { RequestPeek } from './RequestPeek';
import { merge, useLiveTail } from './useLiveTail';
import { useRequestColumns } from './useRequestColumns';
import { fetchAllRequests, filterNames, useRequestFilters, useRequests } from './useRequests';

export default function RequestsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filters = useRequestFilters();
  const requests = useRequests(filters);
  const [range] = useTimeRange();
  const [open] = useUrlParam('open');
  const [live] = useUrlParam('live');
  const setParams = useSetUrlParams();
  const [away, setAway] = useState(false);
  const tail = useLiveTail(live === '1', away || open !== null, filters);
  const columns = useRequestColumns();

  const fetched = useMemo(() => requests.data?.pages.flatMap((page) => page.items), [requests.data]);
  const rows = useMemo(() => fetched && (tail.rows.length > 0 ? merge(tail.rows, fetched) : fetched), [fetched, tail.rows]);
  const filtered = filterNames.some((name) => filters[name]);
  const toggleLive = () => setParams({ live: live === '1' ? null : '1' });
  useHotkeys([
    { id: 'list.live', keys: 'l', label: 'hotkey.live', group: 'hotkey.group.list', run: toggleLive },
    {
      id: 'list.nextError',
      keys: '.',
      label: 'hotkey.nextError',
      group: 'hotkey.group.list',
      run: () => {
        const at = rows?.findIndex((row) => row.id === open) ?? -1;
        const next = rows?.slice(at + 1).find((row) => row.status === 'failed');
        if (next) setParams({ open: next.id });
      },
    },
  ]);
  return (
    <div className="page" style={{ height: '100%' }}>
      <PageHead title={t('nav.requests')} note={rows && rows.length > 0 && t('table.shown', { count: rows.length, more: requests.hasNextPage ? 'yes' : 'no' })}>
        {tail.waiting > 0 && (
          <Button variant="light" leftSection={<IconArrowUp size={14} />} onClick={() => setParams({ open: null })}>
            {t('requests.waiting', { count: tail.waiting })}
          </Button>
        )}
        <Switch label={t('requests.live')} checked={live === '1'} onChange={toggleLive} />
        <TableTools id="requests" columns={columns} rows={rows} all={() => fetchAllRequests({ ...queryOf(range), ...filters })} />
      </PageHead>
      <RequestFilterBar filters={filters} />
      <div style={{ display: 'flex', gap: 16, flex: 1, minHeight: 320 }}>
        <DataTable
          id="requests"
          label={t('nav.requests')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          error={requests.error}
          retry={() => void requests.refetch()}
          openKey={open}
          onOpen={(row) => setParams({ open: row.id })}
          onOpenFull={(row) => void navigate(`/gateway/requests/${row.id}`)}
          more={{ has: requests.hasNextPage, busy: requests.isFetchingNextPage, load: () => void requests.fetchNextPage() }}
          onScrolledAway={setAway}
          empty={
            filtered ? (
              <EmptyState icon={IconListDetails} title={t('empty.filtered')} text={t('empty.filteredText')} />
            ) : (
              <EmptyState icon={IconListDetails} title={t('requests.empty.title')} text={t('requests.empty.text')} code={chatCurl('balanced', 'Say hello.')} />
            )
          }
        />
        {open && <RequestPeek id={open} onClose={() => setParams({ open: null })} />}
      </div>
    </div>
  );
}
