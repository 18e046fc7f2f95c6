import { Text } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import type { Provider } from '@/api/types';
import { useFormat } from '@/i18n/useFormat';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useProviderActions } from './useProviders';
import { useProviderUsage } from './useProviderUsage';

/** States what a deletion would touch before it is done. */
export function DeleteProvider({ provider, opened, onClose, onDeleted }: { provider: Provider; opened: boolean; onClose(): void; onDeleted(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { remove } = useProviderActions();
  const { today } = useProviderUsage();
  const calls = today[provider.name]?.requests ?? 0;
  return (
    <ConfirmDialog
      opened={opened}
      title={t('providers.delete.title', { name: provider.name })}
      confirm={t('common.delete')}
      typed={provider.name}
      busy={remove.isPending}
      error={remove.error}
      onClose={() => {
        remove.reset();
        onClose();
      }}
      onConfirm={() => remove.mutate(provider.id, { onSuccess: onDeleted })}
    >
      <ul style={{ margin: 0, paddingLeft: 18 }}>
        <li>{t('providers.delete.models', { count: provider.models.length })}</li>
        <li>{t('providers.delete.calls', { calls: format.number(calls) })}</li>
        {provider.fallbackPosition !== null && <li>{t('providers.delete.fallback', { position: provider.fallbackPosition })}</li>}
        {provider.hasKey && <li>{t('providers.delete.key')}</li>}
      </ul>
      {provider.active && <Text c="var(--sy-bad)">{t('providers.delete.active')}</Text>}
    </ConfirmDialog>
  );
}
