import { useState } from 'react';
import type { CreatedKey } from '@/api/types';
import { useProviders } from '@/modules/gateway/providers/useProviders';
import { useSession } from '../session/useSession';

export const steps = ['you', 'provider', 'key', 'call'] as const;
export type Step = (typeof steps)[number];

const storageKey = 'switchyard.welcome';

/** How far the first run has come; real state decides, so that it can be left and taken up again. */
export function useWelcome() {
  const session = useSession();
  const signedIn = session.data?.signedIn ?? false;
  // Not before: what is asked for while the link is being redeemed is refused, and nothing would ask again.
  const { providers, query } = useProviders(signedIn);
  const [chosen, setChosen] = useState<Step | null>(() => stepOf(sessionStorage.getItem(storageKey)));
  const [key, setKey] = useState<CreatedKey | null>(null);

  const usable = providers.filter((provider) => provider.enabled && provider.models.length > 0);
  // Who came in by a link has no way back yet: a password comes first.
  const furthest: Step = !signedIn || session.data?.user?.hasPassword === false ? 'you' : usable.length === 0 ? 'provider' : (chosen ?? 'provider');
  const step = !signedIn ? 'you' : (chosen ?? furthest);
  const go = (to: Step) => {
    sessionStorage.setItem(storageKey, to);
    setChosen(to);
  };
  return { session, query, providers, usable, loading: session.isPending || (signedIn && query.isPending), step, go, key, setKey };
}

function stepOf(text: string | null): Step | null {
  return steps.find((step) => step === text) ?? null;
}
