import { useEffect, useState } from 'react';
import { useUrlParam } from '@/app/useUrlParam';
import { useProviders } from '../providers/useProviders';
import { loadSetup, storeSetup, type PlaygroundSetup } from './panes';

/** The set-up of the playground, kept between visits; a model in the address goes into the first pane. */
export function usePlayground() {
  const { providers } = useProviders();
  const [asked, setAsked] = useUrlParam('model');
  const [setup, setSetup] = useState<PlaygroundSetup>(loadSetup);
  useEffect(() => storeSetup(setup), [setup]);

  useEffect(() => {
    if (!asked) return;
    setSetup((before) => ({ ...before, panes: before.panes.map((pane, index) => (index === 0 ? { ...pane, model: asked } : pane)) }));
    setAsked(null);
  }, [asked, setAsked]);

  const enabled = providers.filter((provider) => provider.enabled);
  const models = enabled.map((provider) => ({ group: provider.name, items: provider.models.map((model) => `${provider.name}/${model}`) })).filter((group) => group.items.length > 0);
  const first = (enabled.find((provider) => provider.active) ?? enabled[0])?.models[0];
  const preset = first ? `${(enabled.find((provider) => provider.active) ?? enabled[0])?.name}/${first}` : '';
  const set = (change: Partial<PlaygroundSetup>) => setSetup((before) => ({ ...before, ...change }));
  return { setup, set, setSetup, models, preset };
}
