import { Alert, Button, Group, Modal, MultiSelect, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { fieldErrors } from '@/api/fieldErrors';
import { useUnsaved } from '@/app/useUnsaved';
import { CodeBlock } from '@/ui/CodeBlock';
import { ErrorView } from '@/ui/ErrorView';
import { UnsavedDialog } from '@/ui/UnsavedDialog';
import { roles } from './roles';
import { useCreateUser } from './useUsers';

/** Adds a person; without a password they come in by a link that is shown once. */
export function UserForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const create = useCreateUser();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [chosen, setChosen] = useState<string[]>(['viewer']);
  const fields = fieldErrors(create.error);
  const unsaved = useUnsaved(!create.isSuccess && [name, email, password].some((text) => text !== ''), onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name, email, roles: chosen, ...(password ? { password } : {}) }, { onSuccess: (user) => !user.inviteLink && onClose() });
  };
  return (
    <Modal opened onClose={unsaved.close} closeOnEscape={!unsaved.asking} title={t('users.add')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {create.data?.inviteLink ? (
        <Stack gap="sm">
          <Text>{t('users.invite', { name: create.data.name })}</Text>
          <CodeBlock code={new URL(create.data.inviteLink, location.origin).href} />
          <Alert color="yellow" icon={<IconInfoCircle size={16} />}>{t('users.inviteOnce')}</Alert>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('common.done')}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput label={t('users.name')} required withAsterisk={false} value={name} onChange={(e) => setName(e.currentTarget.value)} error={fields.name} data-autofocus />
            <TextInput type="email" label={t('users.email')} value={email} onChange={(e) => setEmail(e.currentTarget.value)} error={fields.email} />
            <MultiSelect label={t('users.roles')} data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} value={chosen} onChange={setChosen} error={fields.roles} />
            <PasswordInput label={t('users.password')} description={t('users.passwordHint')} autoComplete="new-password" value={password} onChange={(e) => setPassword(e.currentTarget.value)} error={fields.password} />
            {create.error && <ErrorView error={create.error} />}
            <Group justify="flex-end" gap={8}>
              <Button variant="default" onClick={unsaved.close}>{t('common.cancel')}</Button>
              <Button type="submit" loading={create.isPending} disabled={!name || chosen.length === 0}>{t('users.create')}</Button>
            </Group>
          </Stack>
        </form>
      )}
      <UnsavedDialog unsaved={unsaved} />
    </Modal>
  );
}
