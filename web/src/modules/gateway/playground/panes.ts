import type { ChatCall } from '../code/snippets';

/** What a person has set up in one pane. */
export interface PaneSetup {
  id: string;
  model: string;
}

export interface PlaygroundSetup {
  system: string;
  prompt: string;
  temperature: number | '';
  maxTokens: number | '';
  stream: boolean;
  panes: PaneSetup[];
}

export const mostPanes = 4;
const storageKey = 'switchyard.playground';
const empty: PlaygroundSetup = { system: '', prompt: '', temperature: '', maxTokens: 500, stream: true, panes: [{ id: '1', model: '' }] };

export function loadSetup(storage: Pick<Storage, 'getItem'> = localStorage): PlaygroundSetup {
  try {
    const stored = JSON.parse(storage.getItem(storageKey) ?? '{}') as Partial<PlaygroundSetup>;
    const panes = stored.panes?.length ? stored.panes.slice(0, mostPanes) : empty.panes;
    return { ...empty, ...stored, panes };
  } catch {
    return empty;
  }
}

export function storeSetup(setup: PlaygroundSetup, storage: Pick<Storage, 'setItem'> = localStorage): void {
  storage.setItem(storageKey, JSON.stringify(setup));
}

export function addPane(setup: PlaygroundSetup): PlaygroundSetup {
  if (setup.panes.length >= mostPanes) return setup;
  const id = String(1 + Math.max(0, ...setup.panes.map((pane) => Number(pane.id) || 0)));
  return { ...setup, panes: [...setup.panes, { id, model: setup.panes.at(-1)?.model ?? '' }] };
}

/** The set-up with these models side by side and, where a call is asked again, what it asked. */
export function askedFor(setup: PlaygroundSetup, models: readonly string[], call: ChatCall | null): PlaygroundSetup {
  const panes = models.length === 0 ? setup.panes : models.length === 1 ? setup.panes.map((pane, index) => (index === 0 ? { ...pane, model: models[0] ?? '' } : pane)) : models.slice(0, mostPanes).map((model, index) => ({ id: String(index + 1), model }));
  if (!call) return { ...setup, panes };
  const said = (role: string) => call.messages.find((message) => message.role === role)?.content ?? '';
  return { ...setup, panes, system: said('system'), prompt: said('user'), temperature: call.temperature ?? '', maxTokens: call.max_tokens ?? '', stream: call.stream ?? false };
}

export function callOf(setup: PlaygroundSetup, model: string): ChatCall {
  return {
    model,
    messages: [...(setup.system.trim() ? [{ role: 'system', content: setup.system }] : []), { role: 'user', content: setup.prompt }],
    ...(setup.stream ? { stream: true } : {}),
    ...(setup.temperature === '' ? {} : { temperature: setup.temperature }),
    ...(setup.maxTokens === '' ? {} : { max_tokens: setup.maxTokens }),
  };
}
