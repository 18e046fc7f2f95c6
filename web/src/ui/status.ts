import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleOff, IconCircleX, IconClock, IconPlayerPlay, type Icon } from '@tabler/icons-react';

export type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'busy';

/** Every status word the server may send, and how it is shown. Words stand under `status.{word}`. */
const tones: Record<string, Tone> = {
  healthy: 'ok', ready: 'ok', succeeded: 'ok', active: 'ok', on: 'ok', ok: 'ok', verified: 'ok',
  degraded: 'warn', 'needs-key': 'warn', aborted: 'warn', percentage: 'warn', expired: 'warn', invited: 'warn',
  down: 'bad', failed: 'bad', 'open-breaker': 'bad', broken: 'bad', revoked: 'bad', killed: 'bad',
  unknown: 'idle', disabled: 'idle', off: 'idle', cancelled: 'idle', untested: 'idle',
  running: 'busy', queued: 'idle',
};

const icons: Record<Tone, Icon> = {
  ok: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  idle: IconCircleDashed,
  busy: IconPlayerPlay,
};

const special: Record<string, Icon> = { disabled: IconCircleOff, off: IconCircleOff, queued: IconClock };

export function toneOf(status: string): Tone {
  return tones[status] ?? 'idle';
}

export function iconOf(status: string): Icon {
  return special[status] ?? icons[toneOf(status)];
}

export function isKnownStatus(status: string): boolean {
  return status in tones;
}
