import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';

/** Copies a text and says that it did. */
export function CopyButton({ text, label, wide = false }: { text: string; label?: string; wide?: boolean }) {
  const { t } = useTranslation();
  const { copy, copied } = useClipboard({ timeout: 1500 });
  const name = copied ? t('common.copied') : (label ?? t('common.copy'));
  const icon = copied ? <IconCheck size={15} /> : <IconCopy size={15} />;
  if (wide) {
    return (
      <Button variant="default" leftSection={icon} onClick={() => copy(text)}>
        {name}
      </Button>
    );
  }
  return (
    <Tooltip label={name}>
      <ActionIcon aria-label={name} onClick={() => copy(text)}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
