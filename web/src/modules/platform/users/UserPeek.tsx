import { Button, Group, MultiSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import { fieldErrors } from '@/api/fieldErrors';
import type { User } from '@/api/types';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { ErrorView } from '@/ui/ErrorView';
import { Peek } from '@/ui/Peek';
import { StatusMark } from '@/ui/StatusMark';
import { useSession } from '../session/useSession';
import { roles } from './roles';
import { UserAccess } from './UserAccess';
import { useDeleteUser, useUpdateUser } from './useUsers';

export function UserPeek({ user, onClose }: { user: User; onClose(): void }) {
  const { t } = useTranslation();
  const session = useSession();
  const update = useUpdateUser(user.id);
  const remove = useDeleteUser();
  const [name, setName] = useState(user.name);
  const [email, setEmail] = useState(user.email ?? '');
  const [chosen, setChosen] = useState(user.roles);
  const [deleting, setDeleting] = useState(false);
  const fields = fieldErrors(update.error);
  const change = {
    ...(name === user.name ? {} : { name }),
    ...(email === (user.email ?? '') ? {} : { email }),
    ...(chosen.join() === user.roles.join() ? {} : { roles: chosen }),
  };
  const self = session.data?.user?.id === user.id;
  return (
    <Peek onClose={onClose} title={<><span className="clip">{user.name}</span><StatusMark status={user.status} /></>}>
      <Stack gap="sm">
        <TextInput label={t('users.name')} value={name} onChange={(e) => setName(e.currentTarget.value)} error={fields.name} />
        <TextInput label={t('users.email')} type="email" value={email} onChange={(e) => setEmail(e.currentTarget.value)} error={fields.email} />
        <MultiSelect label={t('users.roles')} data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} value={chosen} onChange={setChosen} error={fields.roles} />
        {user.status !== 'invited' && (
          <Switch label={t('users.enabled')} description={t('users.enabledHint')} disabled={self || update.isPending} checked={user.status === 'active'} onChange={(e) => update.mutate({ status: e.currentTarget.checked ? 'active' : 'disabled' })} />
        )}
        {update.error && <ErrorView error={update.error} />}
        <Group gap={8}>
          <Button loading={update.isPending} disabled={Object.keys(change).length === 0 || chosen.length === 0} onClick={() => update.mutate(change, { onSuccess: () => notifications.show({ message: t('users.saved') }) })}>
            {t('common.save')}
          </Button>
          <Button variant="default" leftSection={<IconTrash size={15} />} disabled={self} onClick={() => setDeleting(true)}>
            {t('common.delete')}
          </Button>
        </Group>
        {!self && <UserAccess user={user} />}
        {self && <Text className="dim">{t('users.self')}</Text>}
        <Link className="link" to={`/admin/audit?actor=${encodeURIComponent(user.name)}`}>{t('users.itsAudit')}</Link>
      </Stack>
      <ConfirmDialog opened={deleting} title={t('users.deleteTitle', { name: user.name })} confirm={t('common.delete')} typed={user.name} busy={remove.isPending} error={remove.error} onClose={() => setDeleting(false)} onConfirm={() => remove.mutate(user.id, { onSuccess: onClose })}>
        <Text>{t('users.deleteText')}</Text>
      </ConfirmDialog>
    </Peek>
  );
}
