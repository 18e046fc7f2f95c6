import { useTranslation } from '@/i18n/useTranslation';
import { useNavigate } from 'react-router';
import type { ComponentName, GlobalState, Provider } from '@/api/types';
import { statusOf } from '@/modules/gateway/providers/useProviders';
import { toneOf } from '@/ui/status';
import { plan, sidingsOf, trainSeconds } from './plan';
import classes from './TrackPlan.module.css';

interface Props {
  providers: Provider[];
  state: GlobalState | undefined;
  perSecond: number;
}

const stations: { component: ComponentName; label: string; x: number; y: number }[] = [
  { component: 'center', label: 'overview.center', x: 120, y: 40 },
  { component: 'ml', label: 'overview.ml', x: 300, y: 40 },
  { component: 'data', label: 'overview.data', x: 210, y: 104 },
];

/** The installation as a track plan: clients arrive left, the switch sends them to providers, the learning loop stands above. */
export function TrackPlan({ providers, state, perSecond }: Props) {
  const { t } = useTranslation();
  const { sidings, hidden } = sidingsOf(providers);
  const seconds = trainSeconds(perSecond);
  const { width, height, mainY, gatewayX, switchX } = plan;
  const main = `M40 ${mainY}H${switchX}`;
  const running = sidings.find((siding) => siding.active) ?? sidings[0];
  return (
    <section className={`panel ${classes.plan}`}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('overview.planLabel', { count: providers.length })}>
        <path className={classes.loop} data-on={anyOn(state) || undefined} d="M120 40H300C336 40 336 104 300 104H120C84 104 84 40 120 40Z" />
        <path className={classes.loop} data-on={anyOn(state) || undefined} d={`M300 104H330L${gatewayX - 40} ${mainY}`} />
        {[...sidings].reverse().map((siding) => (
          <path key={siding.id} className={classes.siding} data-active={siding === running || undefined} d={siding.path} />
        ))}
        <path className={classes.main} d={main} />
        {seconds !== null && running && [0, 1, 2].map((train) => <Train key={`${train}-${seconds.toFixed(1)}`} path={main + running.path.slice(running.path.indexOf('H'))} seconds={seconds} delay={(train * seconds) / 3} />)}
        <Buffer x={40} y={mainY} />
        <text x={40} y={mainY + 26}>{t('overview.clients')}</text>
        <circle className={classes.station} cx={gatewayX} cy={mainY} r={7} />
        <text x={gatewayX} y={mainY + 26} textAnchor="middle" className={classes.strong}>{t('nav.gateway')}</text>
        <circle className={classes.switch} cx={switchX} cy={mainY} r={4.5} />
        {stations.map((station) => (
          <g key={station.component}>
            <circle className={classes.station} data-off={!state?.components[station.component] || undefined} cx={station.x} cy={station.y} r={6} />
            <text x={station.x} y={station.y - 14} textAnchor="middle" data-off={!state?.components[station.component] || undefined}>{t(station.label)}</text>
          </g>
        ))}
        {sidings.map((siding) => (
          <ProviderEnd key={siding.id} name={siding.name} y={siding.y} id={siding.id} status={siding.provider ? statusOf(siding.provider) : 'unknown'} />
        ))}
        {sidings.length === 0 && <text x={switchX + 24} y={mainY + 5} data-off>{t('overview.noProviders')}</text>}
        {hidden > 0 && <text x={plan.endX + 14} y={mainY + 30} data-off>{t('overview.moreProviders', { count: hidden })}</text>}
      </svg>
    </section>
  );
}

function anyOn(state: GlobalState | undefined): boolean {
  return stations.some((station) => state?.components[station.component]);
}

function Train({ path, seconds, delay }: { path: string; seconds: number; delay: number }) {
  return <rect className={classes.train} x={-7} y={-2.5} width={14} height={5} rx={2} style={{ offsetPath: `path("${path}")`, animationDuration: `${seconds}s`, animationDelay: `${-delay}s` }} />;
}

function Buffer({ x, y }: { x: number; y: number }) {
  return <path className={classes.buffer} d={`M${x} ${y - 7}V${y + 7}`} />;
}

function ProviderEnd({ id, name, y, status }: { id: string; name: string; y: number; status: string }) {
  const navigate = useNavigate();
  const { t } = useTranslation();
  return (
    <g className={classes.end} data-tone={toneOf(status)} onClick={() => void navigate(`/gateway/providers?open=${id}`)}>
      <title>{t(`status.${status}`)}</title>
      <Buffer x={plan.endX} y={y} />
      <circle className={classes.signal} cx={plan.endX + 14} cy={y} r={5} />
      <text x={plan.endX + 26} y={y + 4}>{name.length > 22 ? `${name.slice(0, 21)}…` : name}</text>
    </g>
  );
}
