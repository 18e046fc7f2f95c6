import { useMemo } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { ApiKey } from '@/api/types';
import { StatusMark } from '@/ui/StatusMark';
import type { Column } from '@/ui/table/columns';
import { Time } from '@/ui/Time';

export function useKeyColumns(): Column<ApiKey>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'name', header: t('keys.name'), width: 'minmax(160px, 1.2fr)', sort: (k) => k.name, cell: (k) => <span style={{ fontWeight: 500 }}>{k.name}</span> },
      { id: 'prefix', header: t('keys.prefix'), width: '136px', sort: (k) => k.prefix, cell: (k) => <span className="mono">{k.prefix}…</span> },
      { id: 'status', header: t('common.status'), width: '104px', sort: (k) => k.status, cell: (k) => <StatusMark status={k.status} /> },
      { id: 'owner', header: t('keys.owner'), width: 'minmax(96px, 0.7fr)', sort: (k) => k.owner, cell: (k) => k.owner ?? '–' },
      { id: 'scopes', header: t('keys.scopes'), width: 'minmax(112px, 0.8fr)', text: (k) => k.scopes.join(' '), cell: (k) => k.scopes.map((scope) => t(`role.${scope}`)).join(', ') },
      { id: 'models', header: t('keys.models'), width: 'minmax(112px, 1fr)', text: (k) => k.allowedModels.join(' '), cell: (k) => k.allowedModels.join(', ') || t('keys.allModels') },
      { id: 'used', header: t('keys.lastUsed'), width: '120px', sort: (k) => k.lastUsedAt, cell: (k) => (k.lastUsedAt ? <Time at={k.lastUsedAt} ago /> : <span className="dim">{t('keys.never')}</span>) },
      { id: 'expires', header: t('keys.expires'), width: '176px', sort: (k) => k.expiresAt, cell: (k) => (k.expiresAt ? <Time at={k.expiresAt} /> : <span className="dim">{t('keys.noExpiry')}</span>) },
      { id: 'created', header: t('common.created'), width: '176px', hidden: true, sort: (k) => k.createdAt, cell: (k) => <Time at={k.createdAt} /> },
    ],
    [t],
  );
}
