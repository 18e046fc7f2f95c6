import { useTranslation } from '@/i18n/useTranslation';
import type { LiveEvent } from '@/api/types';
import { isKnownStatus } from '@/ui/status';

/** Events that have a sentence of their own under `event.{type}`. */
const known = [
  'access.key-changed', 'access.session-revoked', 'access.session-started', 'access.user-changed',
  'gateway.calls-settled', 'gateway.prices-changed', 'gateway.provider-changed', 'gateway.provider-health-changed',
  'jobs.changed', 'platform.flag-changed', 'state.updated',
] as const;

const changes = ['created', 'updated', 'deleted', 'removed', 'activated', 'revoked', 'enabled', 'disabled', 'tested', 'reordered'];

/** A sentence for an event in the reader's language; an event we do not know shows its own name. */
export function useEventText(): (event: LiveEvent) => string {
  const { t } = useTranslation();
  return (event) => {
    if (!known.some((type) => type === event.type)) return event.subject ? `${event.type} · ${event.subject}` : event.type;
    const payload = (event.payload ?? {}) as Record<string, unknown>;
    const text = (name: string) => String(payload[name] ?? payload.title ?? event.subject ?? '');
    const status = (name: string) => (isKnownStatus(text(name)) ? t(`status.${text(name)}`) : text(name));
    return t(`event.${event.type}`, {
      name: text('name'),
      change: event.type === 'jobs.changed' ? status('status') : changes.includes(text('change')) ? t(`change.${text('change')}`) : text('change'),
      from: status('from'),
      to: status('to'),
      count: Number(payload.requests ?? payload.count ?? 0),
      component: text('component'),
      actor: event.actor ?? '–',
    });
  };
}
