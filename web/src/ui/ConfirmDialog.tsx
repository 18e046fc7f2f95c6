import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { ErrorView } from './ErrorView';

interface Props {
  opened: boolean;
  title: string;
  /** What it will do, said before it is done. */
  children: ReactNode;
  confirm: string;
  /** What the way back is called, where "Cancel" could mean either. */
  cancel?: string;
  /** Must be typed for what cannot be undone. */
  typed?: string;
  busy?: boolean;
  /** Nothing of it can be done as things are. */
  blocked?: boolean;
  error?: unknown;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something dangerous, with its impact. */
export function ConfirmDialog({ opened, title, children, confirm, cancel, typed, busy = false, blocked = false, error, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const [entered, setEntered] = useState('');
  const ready = !typed || entered.trim() === typed;
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common.close') }} onExitTransitionEnd={() => setEntered('')}>
      <Stack gap="sm">
        {children}
        {typed && <TextInput label={t('confirm.type', { name: typed })} value={entered} onChange={(e) => setEntered(e.currentTarget.value)} data-autofocus autoComplete="off" />}
        {error != null && <ErrorView error={error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {cancel ?? t('common.cancel')}
          </Button>
          <Button color="red.9" disabled={!ready || blocked} loading={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
