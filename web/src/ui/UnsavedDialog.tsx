import { Text } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import type { useUnsaved } from '@/app/useUnsaved';
import { ConfirmDialog } from './ConfirmDialog';

/** The question of {@link useUnsaved}. */
export function UnsavedDialog({ unsaved }: { unsaved: ReturnType<typeof useUnsaved> }) {
  const { t } = useTranslation();
  return (
    <ConfirmDialog opened={unsaved.asking} title={t('form.unsaved')} confirm={t('form.discard')} cancel={t('form.keep')} onClose={unsaved.stay} onConfirm={unsaved.leave}>
      <Text>{t('form.unsavedText')}</Text>
    </ConfirmDialog>
  );
}
