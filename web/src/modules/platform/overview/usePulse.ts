import { useEffect, useRef, useState } from 'react';
import type { CallsSettled } from '@/api/types';
import { useRealTimeUpdates } from '@/live/useLive';
import { Pulse } from './pulse';

/** The gateway's pulse, repainted once a second and not at all in a hidden tab. */
export function usePulse(): { pulse: Pulse; now: number } {
  const [pulse] = useState(() => new Pulse());
  const [now, setNow] = useState(() => Math.floor(Date.now() / 1000));
  const skew = useRef(0);
  useRealTimeUpdates<CallsSettled>(['gateway.calls-settled'], (event) => {
    pulse.add(event.payload, event.at);
    // The server's clock counts; ours may be off.
    skew.current = Math.max(skew.current, Math.floor(new Date(event.at).getTime() / 1000) - Math.floor(Date.now() / 1000));
  });
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && setNow(Math.floor(Date.now() / 1000) + skew.current), 1000);
    return () => clearInterval(timer);
  }, []);
  return { pulse, now };
}
