import { useTranslation } from '@/i18n/useTranslation';
import { useFormat } from '@/i18n/useFormat';
import { startOfToday } from '@/app/timeRange';
import type { Pulse } from './pulse';
import { Tile } from './Tile';
import { useToday } from './useToday';
import classes from './GatewayStrip.module.css';

/** The gateway in seven figures: live where the stream gives them, of today where they are totals. */
export function GatewayStrip({ pulse, now }: { pulse: Pulse; now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = useToday();
  const totals = today.data?.totals;
  const recent = pulse.sum(10, now);
  const minute = pulse.sum(60, now);
  const errors = minute.requests > 0 ? minute.failed / minute.requests : null;
  const since = encodeURIComponent(startOfToday());
  const todayErrors = totals && totals.requests > 0 ? totals.failed / totals.requests : null;
  return (
    <section className={`panel ${classes.strip}`} aria-label={t('overview.gateway')}>
      <Tile to="/gateway/requests?live=1" name={t('overview.rate')} value={format.number(recent.requests / 10, 1)} note={t('overview.rateNote')} />
      <Tile to={`/gateway/requests?status=failed&from=${since}`} name={t('overview.errors')} value={format.percent(errors ?? todayErrors)} note={errors === null ? t('overview.today') : t('overview.lastMinute')} tone={(errors ?? 0) > 0.05 ? 'bad' : undefined} />
      <Tile to={`/gateway/requests?from=${since}`} name={t('overview.ttft')} value={format.ms(totals?.ttftMsP50)} note={`p95 ${format.ms(totals?.ttftMsP95)}`} />
      <Tile to={`/gateway/requests?from=${since}`} name={t('overview.latency')} value={format.ms(pulse.latencyMsP50 ?? totals?.latencyMsP50)} note={`p95 ${format.ms(pulse.latencyMsP95 ?? totals?.latencyMsP95)}`} />
      <Tile to={`/gateway/requests?from=${since}`} name={t('overview.requests')} value={format.compact(totals?.requests ?? null)} note={totals && t('overview.tokens', { tokens: format.compact(totals.tokens.input + totals.tokens.output) })} />
      <Tile to={`/gateway/requests?rescued=true&from=${since}`} name={t('overview.rescued')} value={format.compact(totals?.rescued ?? null)} note={t('overview.rescuedNote')} />
      <Tile to="/gateway/models" name={t('overview.spend')} value={format.money(totals?.cost, totals?.currency)} note={totals && totals.unpricedRequests > 0 ? t('overview.unpriced', { count: totals.unpricedRequests }) : t('overview.today')} />
    </section>
  );
}
