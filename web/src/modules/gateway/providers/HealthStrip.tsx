import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '@/api/client';
import type { UsageStats } from '@/api/types';
import { useFormat } from '@/i18n/useFormat';
import { useTranslation } from '@/i18n/useTranslation';
import classes from './HealthStrip.module.css';

const hours = 24;
const hourMs = 3_600_000;

/** A provider's last 24 hours, one bar each: how much failed; an hour without calls is a gap. A bar opens its rows. */
export function HealthStrip({ provider }: { provider: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const end = Math.floor(Date.now() / hourMs) * hourMs;
  const stats = useQuery({
    queryKey: ['stats', 'strip', provider, end],
    queryFn: ({ signal }) => call<UsageStats>('/api/v1/llm/stats', { signal, query: { groupBy: 'hour', provider, from: new Date(end - (hours - 1) * hourMs).toISOString() } }),
    refetchInterval: 60_000,
  });
  const byHour = new Map(stats.data?.groups.map((group) => [new Date(group.key).getTime(), group]));
  return (
    <div className={classes.strip} role="list" aria-label={t('providers.strip')}>
      {Array.from({ length: hours }, (_, index) => end - (hours - 1 - index) * hourMs).map((at) => {
        const group = byHour.get(at);
        const share = group ? group.failed / group.requests : null;
        const [from, to] = [new Date(at).toISOString(), new Date(at + hourMs).toISOString()];
        const label = group ? t('providers.stripHour', { time: format.time(from), count: group.requests, failed: format.percent(share) }) : t('providers.stripGap', { time: format.time(from) });
        return (
          <span role="listitem" key={at}>
            {group ? (
              <Link to={`/gateway/requests?provider=${encodeURIComponent(provider)}&from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`} title={label} aria-label={label} data-tone={toneOf(share ?? 0)} />
            ) : (
              <span title={label}>
                <span className="visually-hidden">{label}</span>
              </span>
            )}
          </span>
        );
      })}
    </div>
  );
}

function toneOf(share: number): 'ok' | 'warn' | 'bad' {
  if (share >= 0.2) return 'bad';
  return share > 0.01 ? 'warn' : 'ok';
}
