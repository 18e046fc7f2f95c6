import { Button } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { User } from '@/api/types';
import { useOpenRow } from '@/app/useOpenRow';
import { useSetUrlParams, useUrlParam } from '@/app/useUrlParam';
import { EmptyState } from '@/ui/EmptyState';
import { PageHead } from '@/ui/PageHead';
import { SearchBox } from '@/ui/SearchBox';
import { StatusMark } from '@/ui/StatusMark';
import type { Column } from '@/ui/table/columns';
import { DataTable } from '@/ui/table/DataTable';
import { TableTools } from '@/ui/table/TableTools';
import { useSelection } from '@/ui/table/useSelection';
import { Time } from '@/ui/Time';
import { RolesMatrix } from './RolesMatrix';
import { UserForm } from './UserForm';
import { UserPeek } from './UserPeek';
import { useUsers } from './useUsers';

const UserBatch = lazy(() => import('./UserBatch'));
const keyOf = (user: User) => user.id;

export default function UsersPage() {
  const { t } = useTranslation();
  const users = useUsers();
  const [open] = useUrlParam('open');
  const [creating] = useUrlParam('new');
  const [search] = useUrlParam('q');
  const setParams = useSetUrlParams();
  const columns = useUserColumns();
  const wanted = (search ?? '').toLowerCase();
  const rows = users.data?.items.filter((user) => `${user.name} ${user.email ?? ''} ${user.roles.join(' ')}`.toLowerCase().includes(wanted));
  const opened = useOpenRow(users, keyOf);
  const { selection, selected } = useSelection(rows, keyOf);
  return (
    <div className="page" style={{ height: '100%' }}>
      <PageHead title={t('nav.users')}>
        <SearchBox />
        <TableTools id="users" columns={columns} rows={rows} />
        <Button leftSection={<IconPlus size={15} />} onClick={() => setParams({ new: '1' })}>
          {t('users.add')}
        </Button>
      </PageHead>
      {selected.length > 0 && (
        <Suspense>
          <UserBatch selected={selected} selection={selection} />
        </Suspense>
      )}
      <div style={{ display: 'flex', gap: 16, flex: 1, minHeight: 260 }}>
        <DataTable
          id="users"
          label={t('nav.users')}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          selection={selection}
          nameOf={(user) => user.name}
          error={users.error}
          retry={() => void users.refetch()}
          openKey={open}
          onOpen={(user) => setParams({ open: user.id })}
          empty={<EmptyState icon={IconUsers} title={t('empty.filtered')} text={t('empty.filteredText')} action={<Button variant="default" onClick={() => setParams({ q: null })}>{t('empty.clear')}</Button>} />}
        />
        {opened && <UserPeek key={opened.id} user={opened} onClose={() => setParams({ open: null })} />}
      </div>
      <RolesMatrix />
      {creating && <UserForm onClose={() => setParams({ new: null })} />}
    </div>
  );
}

function useUserColumns(): Column<User>[] {
  const { t } = useTranslation();
  return useMemo<Column<User>[]>(
    () => [
      { id: 'name', header: t('users.name'), width: 'minmax(144px, 1fr)', sort: (u) => u.name, cell: (u) => <span style={{ fontWeight: 500 }}>{u.name}</span> },
      { id: 'email', header: t('users.email'), width: 'minmax(176px, 1.2fr)', sort: (u) => u.email, cell: (u) => u.email ?? '–' },
      { id: 'roles', header: t('users.roles'), width: 'minmax(144px, 1fr)', text: (u) => u.roles.join(' '), cell: (u) => u.roles.map((role) => t(`role.${role}`)).join(', ') },
      { id: 'status', header: t('common.status'), width: '112px', sort: (u) => u.status, cell: (u) => <StatusMark status={u.status} /> },
      { id: 'last', header: t('users.lastSignIn'), width: '136px', sort: (u) => u.lastSignInAt, cell: (u) => (u.lastSignInAt ? <Time at={u.lastSignInAt} ago /> : <span className="dim">{t('keys.never')}</span>) },
      { id: 'created', header: t('common.created'), width: '176px', sort: (u) => u.createdAt, cell: (u) => <Time at={u.createdAt} /> },
    ],
    [t],
  );
}
