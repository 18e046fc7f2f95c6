import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDoorExit, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import type { User } from '@/api/types';
import { useTranslation } from '@/i18n/useTranslation';
import { CodeBlock } from '@/ui/CodeBlock';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { ErrorView } from '@/ui/ErrorView';
import { useEndSessions, useResetUser } from './useUsers';

/** How somebody comes in: a new link instead of the password, and the end of every session. */
export function UserAccess({ user }: { user: User }) {
  const { t } = useTranslation();
  const reset = useResetUser();
  const end = useEndSessions();
  const [asking, setAsking] = useState(false);
  const link = reset.data?.inviteLink;
  return (
    <Stack gap={8}>
      <Group gap={8}>
        <Button variant="default" leftSection={<IconKey size={15} />} onClick={() => setAsking(true)}>
          {t('users.reset')}
        </Button>
        <Button variant="default" leftSection={<IconDoorExit size={15} />} loading={end.isPending} onClick={() => end.mutate(user.id, { onSuccess: () => notifications.show({ message: t('users.sessionsEnded', { name: user.name }) }) })}>
          {t('users.endSessions')}
        </Button>
      </Group>
      {end.error && <ErrorView error={end.error} />}
      {link && (
        <>
          <Text className="dim">{t('users.resetLink', { name: user.name })}</Text>
          <CodeBlock code={new URL(link, location.origin).href} label={t('users.reset')} />
        </>
      )}
      <ConfirmDialog opened={asking} title={t('users.resetTitle', { name: user.name })} confirm={t('users.reset')} busy={reset.isPending} error={reset.error} onClose={() => setAsking(false)} onConfirm={() => reset.mutate(user.id, { onSuccess: () => setAsking(false) })}>
        <Text>{t('users.resetText')}</Text>
      </ConfirmDialog>
    </Stack>
  );
}
