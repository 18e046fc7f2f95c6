import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { RequestRow } from '@/api/types';
import { useFormat } from '@/i18n/useFormat';
import { StatusMark } from '@/ui/StatusMark';
import type { Column } from '@/ui/table/columns';
import { Time } from '@/ui/Time';

export function useRequestColumns(): Column<RequestRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo<Column<RequestRow>[]>(
    () => [
      { id: 'at', header: t('requests.at'), width: '96px', text: (r) => r.at, cell: (r) => <Time at={r.at} clock /> },
      { id: 'status', header: t('common.status'), width: '112px', text: (r) => r.status, cell: (r) => <StatusMark status={r.status} /> },
      { id: 'key', header: t('requests.key'), width: 'minmax(128px, 0.8fr)', text: (r) => r.key?.name, cell: (r) => r.key?.name ?? r.user ?? '–' },
      { id: 'route', header: t('requests.route'), width: 'minmax(96px, 0.7fr)', text: (r) => r.route, cell: (r) => r.route ?? '–' },
      { id: 'model', header: t('requests.model'), width: 'minmax(176px, 1.4fr)', text: (r) => `${r.provider ?? ''}/${r.model ?? ''}`, cell: (r) => <span title={`${r.provider ?? ''}/${r.model ?? ''}`}><span className="dim">{r.provider ?? '–'} / </span>{r.model ?? '–'}</span> },
      { id: 'ttft', header: t('requests.ttft'), width: '96px', align: 'right', text: (r) => r.ttftMs, cell: (r) => format.ms(r.ttftMs) },
      { id: 'total', header: t('requests.total'), width: '84px', align: 'right', text: (r) => r.totalMs, cell: (r) => format.ms(r.totalMs) },
      { id: 'in', header: t('requests.tokensIn'), width: '80px', align: 'right', text: (r) => r.tokens?.input, cell: (r) => format.number(r.tokens?.input) },
      { id: 'cached', header: t('requests.tokensCached'), width: '80px', align: 'right', hidden: true, text: (r) => r.tokens?.cachedRead, cell: (r) => format.number(r.tokens?.cachedRead) },
      { id: 'out', header: t('requests.tokensOut'), width: '80px', align: 'right', text: (r) => r.tokens?.output, cell: (r) => format.number(r.tokens?.output) },
      { id: 'reasoning', header: t('requests.tokensReasoning'), width: '88px', align: 'right', hidden: true, text: (r) => r.tokens?.reasoning, cell: (r) => format.number(r.tokens?.reasoning) },
      { id: 'cost', header: t('requests.cost'), width: '104px', align: 'right', text: (r) => r.cost, cell: (r) => (r.cost === null ? <span className="dim" title={t('requests.unpriced')}>{t('requests.noPrice')}</span> : format.money(r.cost, r.currency)) },
      { id: 'attempts', header: t('requests.attempts'), width: '84px', align: 'right', text: (r) => r.attempts, cell: (r) => (r.attempts > 1 ? <span style={{ color: 'var(--sy-warn)' }} title={t('requests.rescued')}><IconAlertTriangle size={13} aria-hidden style={{ verticalAlign: -2 }} /> {r.attempts}</span> : r.attempts) },
      { id: 'dialect', header: t('requests.dialect'), width: '112px', hidden: true, text: (r) => r.dialect, cell: (r) => r.dialect },
      { id: 'task', header: t('requests.task'), width: '128px', hidden: true, text: (r) => r.taskType, cell: (r) => r.taskType ?? '–' },
      { id: 'error', header: t('requests.error'), width: '144px', hidden: true, text: (r) => r.errorClass, cell: (r) => r.errorClass ?? '–' },
      { id: 'id', header: t('common.id'), width: '288px', hidden: true, text: (r) => r.id, cell: (r) => <span className="mono">{r.id}</span> },
    ],
    [t, format],
  );
}
