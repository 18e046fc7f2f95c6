import { ActionIcon, Autocomplete, Tooltip } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { CopyButton } from '@/ui/CopyButton';
import { ErrorView } from '@/ui/ErrorView';
import type { ChatCall } from '../code/snippets';
import { PaneFigures } from './PaneFigures';
import { usePaneRun } from './usePaneRun';
import classes from './Pane.module.css';

interface Props {
  model: string;
  models: { group: string; items: string[] }[];
  call: ChatCall;
  /** Counts the runs of all panes together; a new count runs this one. */
  runCount: number;
  onModel(model: string): void;
  onRemove: (() => void) | undefined;
}

export function Pane({ model, models, call, runCount, onModel, onRemove }: Props) {
  const { t } = useTranslation();
  const { run, start, stop } = usePaneRun();
  const seen = useRef(runCount);
  useEffect(() => {
    if (runCount === seen.current) return;
    seen.current = runCount;
    void start(call);
  }, [runCount, call, start]);

  const running = run.state === 'running';
  const label = running ? t('playground.stop') : t('playground.run');
  return (
    <section className={`panel ${classes.pane}`} aria-label={model}>
      <header className={classes.head}>
        <Autocomplete flex={1} aria-label={t('requests.model')} data={models} value={model} onChange={onModel} placeholder={t('playground.model')} limit={60} />
        <Tooltip label={label}>
          <ActionIcon aria-label={label} onClick={() => (running ? stop() : void start(call))} disabled={!running && (!model || call.messages.at(-1)?.content.trim() === '')}>
            {running ? <IconPlayerStop size={16} /> : <IconPlayerPlay size={16} />}
          </ActionIcon>
        </Tooltip>
        <CopyButton text={run.text} label={t('playground.copyAnswer')} />
        {onRemove && (
          <Tooltip label={t('playground.removePane')}>
            <ActionIcon aria-label={t('playground.removePane')} onClick={onRemove}>
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </header>
      <div className={classes.answer} tabIndex={0} role="log" aria-live="off" aria-busy={running} aria-label={t('playground.answer')}>
        {run.reasoning && <div className={classes.reasoning}>{run.reasoning}</div>}
        {run.text}
        {run.state === 'idle' && <span className="dim">{t('playground.idle')}</span>}
        {running && <span className={classes.caret} aria-hidden />}
        {run.error != null && <ErrorView error={run.error} />}
        {run.state === 'stopped' && <div className="dim">{t('playground.stopped')}</div>}
      </div>
      <PaneFigures run={run} />
    </section>
  );
}
