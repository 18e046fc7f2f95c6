import { Badge } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { Provider } from '@/api/types';
import { useFormat } from '@/i18n/useFormat';
import { StatusMark } from '@/ui/StatusMark';
import type { Column } from '@/ui/table/columns';
import { Time } from '@/ui/Time';
import { useProviderUsage } from './useProviderUsage';
import { statusOf } from './useProviders';

export function useProviderColumns(): Column<Provider>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const usage = useProviderUsage();
  return useMemo(() => {
    const errorRate = (provider: Provider) => {
      const hour = usage.lastHour[provider.name];
      return hour && hour.requests > 0 ? hour.failed / hour.requests : null;
    };
    return [
      {
        id: 'name',
        header: t('providers.name'),
        width: 'minmax(168px, 1.4fr)',
        sort: (p) => p.name,
        cell: (p) => (
          <span style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
            <span style={{ fontWeight: 500 }}>{p.name}</span>
            {p.active && (
              <Badge leftSection={<IconArrowsSplit2 size={11} />} variant="light">
                {t('providers.active')}
              </Badge>
            )}
          </span>
        ),
      },
      { id: 'status', header: t('common.status'), width: '112px', sort: statusOf, cell: (p) => <StatusMark status={statusOf(p)} /> },
      { id: 'kind', header: t('providers.kind'), width: '136px', sort: (p) => p.kind, cell: (p) => p.kind },
      { id: 'mode', header: t('providers.mode'), width: '80px', sort: (p) => p.mode, cell: (p) => t(`mode.${p.mode}`) },
      { id: 'models', header: t('providers.models'), width: 'minmax(120px, 1fr)', text: (p) => p.models.join(' '), cell: (p) => <span title={p.models.join('\n')}>{p.models.join(', ') || '–'}</span> },
      { id: 'p50', header: t('providers.p50'), width: '88px', align: 'right', sort: (p) => usage.lastHour[p.name]?.latencyMsP50, cell: (p) => format.ms(usage.lastHour[p.name]?.latencyMsP50) },
      { id: 'errors', header: t('providers.errors'), width: '104px', align: 'right', sort: errorRate, cell: (p) => format.percent(errorRate(p)) },
      { id: 'spend', header: t('providers.spend'), width: '112px', align: 'right', sort: (p) => usage.today[p.name]?.cost, cell: (p) => format.money(usage.today[p.name]?.cost, usage.today[p.name]?.currency) },
      { id: 'probe', header: t('providers.probe'), width: '112px', sort: (p) => p.health?.checkedAt, cell: (p) => <Time at={p.health?.checkedAt} ago /> },
      { id: 'fallback', header: t('providers.fallback'), width: '80px', align: 'right', sort: (p) => p.fallbackPosition, cell: (p) => p.fallbackPosition ?? '–' },
      { id: 'endpoint', header: t('providers.endpoint'), width: 'minmax(200px, 1.4fr)', hidden: true, sort: (p) => p.endpoint, cell: (p) => <span className="mono">{p.endpoint}</span> },
    ];
  }, [t, format, usage]);
}
