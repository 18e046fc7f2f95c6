import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { afterFirstPaint } from '@/app/afterFirstPaint';
import { useHotkeys } from '@/hotkeys/useHotkeys';
import { useLive } from '@/live/useLive';
import { useLlmProviders } from '@/modules/gateway/providers/useProviders';
import { ErrorView } from '@/ui/ErrorView';
import { PageHead } from '@/ui/PageHead';
import { ComponentColumns } from './ComponentColumns';
import { EventFeed } from './EventFeed';
import { GatewayStrip } from './GatewayStrip';
import { NeedsYou } from './NeedsYou';
import { ProviderDots } from './ProviderDots';
import { TrackPlan } from './TrackPlan';
import { usePulse } from './usePulse';
import { useToday } from './useToday';
import classes from './OverviewPage.module.css';

/** The chart fills over minutes: it can wait until the rest stands. */
const RateChart = lazy(async () => {
  await afterFirstPaint();
  return import('./RateChart');
});

export default function OverviewPage() {
  const { t } = useTranslation();
  const { globalState } = useLive();
  const { providers, query } = useLlmProviders();
  const today = useToday();
  const { pulse, now } = usePulse();
  useHotkeys([{ id: 'overview.wall', keys: 'f', label: 'overview.wall', group: 'nav.overview', run: toggleWall }]);
  return (
    <div className="page">
      <PageHead title={t('nav.overview')}>
        <ProviderDots providers={providers} />
      </PageHead>
      {today.error && <ErrorView error={today.error} retry={() => void today.refetch()} />}
      {query.error && <ErrorView error={query.error} retry={() => void query.refetch()} />}
      <GatewayStrip pulse={pulse} now={now} />
      <TrackPlan providers={providers} state={globalState} perSecond={pulse.sum(10, now).requests / 10} />
      <div className={classes.row}>
        <section className={`panel ${classes.chart}`}>
          <h2>{t('overview.rateTitle')}</h2>
          <Suspense fallback={<Skeleton height={140} />}>
            <RateChart pulse={pulse} now={now} />
          </Suspense>
        </section>
        <NeedsYou providers={providers} />
        <EventFeed />
      </div>
      <ComponentColumns state={globalState} />
    </div>
  );
}

/** The whole screen for a wall, and back. */
function toggleWall(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.documentElement.requestFullscreen();
}
