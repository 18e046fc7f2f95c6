import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { LiveEvent } from '@/api/types';
import { useRealTimeUpdates } from '@/live/useLive';
import { Time } from '@/ui/Time';
import { useEventText } from './useEventText';
import classes from './EventFeed.module.css';

const kept = 60;

/** What happens, as it happens; it holds still while the pointer is on it. */
export function EventFeed() {
  const { t } = useTranslation();
  const textOf = useEventText();
  const [events, setEvents] = useState<LiveEvent[]>([]);
  const pending = useRef<LiveEvent[]>([]);
  const held = useRef(false);
  useRealTimeUpdates(['*'], (event) => {
    pending.current = [event, ...pending.current].slice(0, kept);
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (held.current || pending.current.length === 0 || document.visibilityState === 'hidden') return;
      const fresh = pending.current;
      pending.current = [];
      setEvents((before) => [...fresh, ...before].slice(0, kept));
    }, 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <section className={`panel ${classes.feed}`} aria-label={t('overview.feed')}>
      <h2>{t('overview.feed')}</h2>
      {events.length === 0 && <p className="dim">{t('overview.feedEmpty')}</p>}
      <ol tabIndex={0} aria-label={t('overview.feed')} onPointerEnter={() => (held.current = true)} onPointerLeave={() => (held.current = false)}>
        {events.map((event) => (
          <li key={`${event.sequence}-${event.type}`} title={event.type}>
            <span className="dim">
              <Time at={event.at} clock />
            </span>
            <span className="clip">{textOf(event)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
