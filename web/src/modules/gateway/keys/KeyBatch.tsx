import { useQueryClient } from '@tanstack/react-query';
import { IconBan } from '@tabler/icons-react';
import { call } from '@/api/client';
import type { ApiKey } from '@/api/types';
import { useTranslation } from '@/i18n/useTranslation';
import BatchBar from '@/ui/table/BatchBar';
import type { Selection } from '@/ui/table/useSelection';

/** What can be done with several keys at once. */
export default function KeyBatch({ selected, selection }: { selected: readonly ApiKey[]; selection: Selection }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <BatchBar
      selected={selected}
      selection={selection}
      keyOf={(key) => key.id}
      nameOf={(key) => key.name}
      onDone={() => void queries.invalidateQueries({ queryKey: ['keys'] })}
      actions={[{ id: 'revoke', label: t('keys.revoke'), icon: IconBan, text: t('keys.batch.revoke'), can: (key) => key.status !== 'revoked', run: (key) => call(`/api/admin/keys/${key.id}`, { method: 'DELETE' }) }]}
    />
  );
}
