import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { useLiveStatus } from '@/live/useLive';
import classes from './LivePill.module.css';

const staleAfterMs = 32_000;

/** Whether what is on screen is live, and since when it is not. */
export function LivePill() {
  const { t } = useTranslation();
  const { status, lastHeard } = useLiveStatus();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);

  const silent = lastHeard === 0 ? 0 : Math.max(0, now - lastHeard);
  const stale = lastHeard > 0 && (status !== 'live' || silent > staleAfterMs);
  const shown = stale && silent > 3000 ? 'stale' : status;
  const text = shown === 'stale' ? t('live.stale', { seconds: Math.round(silent / 1000) }) : t(`live.${shown}`);
  return (
    <Tooltip label={t('live.hint')}>
      <span className={classes.pill} data-status={shown} role="status" aria-live="off">
        <span className={classes.dot} aria-hidden />
        {text}
      </span>
    </Tooltip>
  );
}
