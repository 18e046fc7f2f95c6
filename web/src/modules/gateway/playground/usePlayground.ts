import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useProviders } from '../providers/useProviders';
import { keptCall } from './keptCalls';
import { askedFor, loadSetup, storeSetup, type PlaygroundSetup } from './panes';

const asking = ['model', 'compare', 'replay'];

/**
 * The set-up of the playground, kept between visits. The address may ask for models side by side (`model`, more
 * than once), for another beside the first (`compare`), and for a logged call to be asked again (`replay`).
 */
export function usePlayground() {
  const { providers, query } = useProviders();
  const [params, setParams] = useSearchParams();
  const [setup, setSetup] = useState<PlaygroundSetup>(loadSetup);
  useEffect(() => storeSetup(setup), [setup]);

  const enabled = providers.filter((provider) => provider.enabled);
  const models = enabled.map((provider) => ({ group: provider.name, items: provider.models.map((model) => `${provider.name}/${model}`) })).filter((group) => group.items.length > 0);
  const first = (enabled.find((provider) => provider.active) ?? enabled[0])?.models[0];
  const preset = first ? `${(enabled.find((provider) => provider.active) ?? enabled[0])?.name}/${first}` : '';
  const waiting = query.isPending;
  useEffect(() => {
    if (!asking.some((name) => params.has(name)) || waiting) return;
    const asked = params.getAll('model');
    const other = params.has('compare') ? models.flatMap((group) => group.items).find((model) => !asked.includes(model)) : undefined;
    setSetup((before) => askedFor(before, other ? [...asked, other] : asked, keptCall(params.get('replay') ?? '')));
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        asking.forEach((name) => after.delete(name));
        return after;
      },
      { replace: true },
    );
  }, [params, setParams, waiting]);

  const set = (change: Partial<PlaygroundSetup>) => setSetup((before) => ({ ...before, ...change }));
  // Until then a run would ask for another model than the address does, or for none.
  const settled = !waiting && !asking.some((name) => params.has(name)) && setup.panes.every((pane) => pane.model || preset);
  return { setup, set, setSetup, models, preset, settled };
}
