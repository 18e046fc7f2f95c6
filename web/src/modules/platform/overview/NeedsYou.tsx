import { IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import type { Provider } from '@/api/types';
import { statusOf } from '@/modules/gateway/providers/useProviders';
import { StatusMark } from '@/ui/StatusMark';
import { useMay } from '../session/useSession';
import { useRecentFailures, useToday } from './useToday';
import classes from './NeedsYou.module.css';

interface Need {
  id: string;
  to: string;
  mark: ReactNode;
  text: string;
}

/** What a person should look at, each with the way there. */
export function NeedsYou({ providers }: { providers: Provider[] }) {
  const { t } = useTranslation();
  const needs = useNeeds(providers);
  return (
    <section className={`panel ${classes.needs}`} aria-label={t('overview.needs')}>
      <h2>{t('overview.needs')}</h2>
      {needs.length === 0 && (
        <p className={classes.none}>
          <IconCircleCheck size={16} aria-hidden /> {t('overview.nothing')}
        </p>
      )}
      <ul>
        {needs.map((need) => (
          <li key={need.id}>
            <Link to={need.to}>
              {need.mark}
              <span className={classes.text}>{need.text}</span>
              <IconChevronRight size={15} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useNeeds(providers: Provider[]): Need[] {
  const { t } = useTranslation();
  const may = useMay();
  const failures = useRecentFailures();
  const today = useToday();
  const needs: Need[] = [];
  if (providers.length === 0) needs.push({ id: 'provider', to: may('admin') ? '/gateway/providers?new=1' : '/gateway/providers', mark: <StatusMark status="unknown" compact />, text: t('overview.need.provider') });
  for (const provider of providers) {
    const status = statusOf(provider);
    if (status === 'down' || status === 'degraded' || status === 'open-breaker') {
      needs.push({ id: provider.id, to: `/gateway/providers?open=${provider.id}`, mark: <StatusMark status={status} compact />, text: t('overview.need.health', { name: provider.name, status: t(`status.${status}`) }) });
    }
  }
  if (providers.length > 0 && !providers.some((provider) => provider.active)) needs.push({ id: 'active', to: '/gateway/providers', mark: <StatusMark status="degraded" compact />, text: t('overview.need.active') });
  const failed = failures.data?.items.length ?? 0;
  if (failed > 0) needs.push({ id: 'failed', to: '/gateway/requests?status=failed&from=-1h', mark: <StatusMark status="failed" compact />, text: t('overview.need.failed', { count: failed, more: failures.data?.nextCursor ? 'yes' : 'no' }) });
  const unpriced = today.data?.totals.unpricedRequests ?? 0;
  if (unpriced > 0) needs.push({ id: 'unpriced', to: '/gateway/models', mark: <StatusMark status="degraded" compact />, text: t('overview.need.unpriced', { count: unpriced }) });
  return needs;
}
