import { useQueryClient } from '@tanstack/react-query';
import { IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { call } from '@/api/client';
import type { Provider } from '@/api/types';
import { useTranslation } from '@/i18n/useTranslation';
import BatchBar from '@/ui/table/BatchBar';
import type { Selection } from '@/ui/table/useSelection';
import { switchProvider } from './useProviders';

/** What can be done with several providers at once. */
export default function ProviderBatch({ selected, selection }: { selected: readonly Provider[]; selection: Selection }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <BatchBar
      selected={selected}
      selection={selection}
      keyOf={(provider) => provider.id}
      nameOf={(provider) => provider.name}
      onDone={() => void queries.invalidateQueries({ queryKey: ['providers'] })}
      actions={[
        { id: 'enable', label: t('batch.enable'), icon: IconPlayerPlay, text: t('providers.batch.enable'), can: (provider) => !provider.enabled, run: (provider) => switchProvider(provider.id, true) },
        { id: 'disable', label: t('batch.disable'), icon: IconPlayerPause, text: t('providers.batch.disable'), can: (provider) => provider.enabled, run: (provider) => switchProvider(provider.id, false) },
        { id: 'delete', label: t('common.delete'), icon: IconTrash, text: t('providers.batch.delete'), typed: true, run: (provider) => call(`/admin/config/llm/${provider.id}`, { method: 'DELETE' }) },
      ]}
    />
  );
}
