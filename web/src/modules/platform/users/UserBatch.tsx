import { useQueryClient } from '@tanstack/react-query';
import { IconDoorExit, IconTrash, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { call } from '@/api/client';
import type { User } from '@/api/types';
import { useTranslation } from '@/i18n/useTranslation';
import BatchBar from '@/ui/table/BatchBar';
import type { Selection } from '@/ui/table/useSelection';
import { useSession } from '../session/useSession';

/** What can be done with several people at once; never with oneself. */
export default function UserBatch({ selected, selection }: { selected: readonly User[]; selection: Selection }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const self = useSession().data?.user?.id;
  const others = (user: User) => user.id !== self;
  const setStatus = (status: 'active' | 'disabled') => (user: User) => call(`/api/admin/users/${user.id}`, { method: 'PATCH', body: { status } });
  return (
    <BatchBar
      selected={selected}
      selection={selection}
      keyOf={(user) => user.id}
      nameOf={(user) => user.name}
      onDone={() => void queries.invalidateQueries({ queryKey: ['users'] })}
      actions={[
        { id: 'enable', label: t('batch.enable'), icon: IconUserCheck, text: t('users.batch.enable'), can: (user) => user.status === 'disabled', run: setStatus('active') },
        { id: 'disable', label: t('batch.disable'), icon: IconUserOff, text: t('users.batch.disable'), can: (user) => others(user) && user.status === 'active', run: setStatus('disabled') },
        { id: 'sessions', label: t('users.endSessions'), icon: IconDoorExit, text: t('users.batch.sessions'), can: others, run: (user) => call(`/api/admin/users/${user.id}/sessions`, { method: 'DELETE' }) },
        { id: 'delete', label: t('common.delete'), icon: IconTrash, text: t('users.deleteText'), typed: true, can: others, run: (user) => call(`/api/admin/users/${user.id}`, { method: 'DELETE' }) },
      ]}
    />
  );
}
