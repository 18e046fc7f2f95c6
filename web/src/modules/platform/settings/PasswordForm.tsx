import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { fieldErrors } from '@/api/fieldErrors';
import { ErrorView } from '@/ui/ErrorView';
import { useChangePassword } from '../session/useSession';

export function PasswordForm() {
  const { t } = useTranslation();
  const change = useChangePassword();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const fields = fieldErrors(change.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { new: next, ...(current ? { current } : {}) },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          notifications.show({ message: t('settings.passwordChanged') });
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={360}>
        <PasswordInput label={t('settings.currentPassword')} description={t('settings.currentHint')} autoComplete="current-password" value={current} onChange={(e) => setCurrent(e.currentTarget.value)} error={fields.current} />
        <PasswordInput label={t('settings.newPassword')} autoComplete="new-password" value={next} onChange={(e) => setNext(e.currentTarget.value)} error={fields.new} />
        {change.error && <ErrorView error={change.error} />}
        <Group>
          <Button type="submit" variant="default" disabled={!next} loading={change.isPending}>{t('settings.changePassword')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
