import { useTranslation } from 'react-i18next';
import type { LiveEvent } from '@/api/types';

/** Events that have a sentence of their own under `event.{type}`. */
const known = [
  'access.key-changed', 'access.session-revoked', 'access.session-started', 'access.user-changed',
  'gateway.calls-settled', 'gateway.prices-changed', 'gateway.provider-changed', 'gateway.provider-health-changed',
  'platform.flag-changed', 'platform.job-changed', 'state.updated',
] as const;

/** A sentence for an event in the reader's language; an event we do not know shows its own name. */
export function useEventText(): (event: LiveEvent) => string {
  const { t } = useTranslation();
  return (event) => {
    if (!known.some((type) => type === event.type)) return event.subject ? `${event.type} · ${event.subject}` : event.type;
    const payload = (event.payload ?? {}) as Record<string, unknown>;
    const text = (name: string) => String(payload[name] ?? event.subject ?? '');
    return t(`event.${event.type}`, {
      name: text('name'),
      change: text('change'),
      from: text('from'),
      to: text('to'),
      count: Number(payload.requests ?? payload.count ?? 0),
      component: text('component'),
      actor: event.actor ?? '–',
    });
  };
}
