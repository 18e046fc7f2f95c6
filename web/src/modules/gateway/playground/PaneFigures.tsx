import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import { useFormat } from '@/i18n/useFormat';
import { usePrices } from '../models/usePrices';
import { speedOf, type PaneRun } from './usePaneRun';
import classes from './PaneFigures.module.css';

/** What an answer took: time to first token, speed, tokens, money. An estimate says that it is one. */
export function PaneFigures({ run }: { run: PaneRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const prices = usePrices();
  const { usage } = run;
  const price = (prices.data ?? []).find((candidate) => candidate.model === run.model);
  const estimate = price && usage ? ((usage.prompt_tokens ?? 0) * (price.input ?? 0) + (usage.completion_tokens ?? 0) * (price.output ?? 0)) / 1e6 : null;
  const cost = run.cost !== null ? format.money(run.cost) : estimate !== null ? `≈ ${format.money(estimate, price?.currency)}` : '–';
  const figures: [string, string][] = [
    [t('requests.ttft'), format.ms(run.ttftMs)],
    [t('requests.total'), format.ms(run.totalMs)],
    [t('playground.speed'), format.number(speedOf(run), 1)],
    [t('requests.tokens'), usage ? `${format.number(usage.prompt_tokens ?? 0)} → ${format.number(usage.completion_tokens ?? 0)}` : '–'],
    [t('requests.cost'), cost],
  ];
  return (
    <footer className={classes.figures}>
      {figures.map(([name, value]) => (
        <span key={name}>
          <span className="dim">{name}</span> <strong>{value}</strong>
        </span>
      ))}
      {run.stopReason && <span className="dim">{run.stopReason}</span>}
      {run.requestId && (
        <Link className="link" to={`/gateway/requests?q=${encodeURIComponent(run.requestId)}`}>
          {t('playground.inLog')}
        </Link>
      )}
    </footer>
  );
}
