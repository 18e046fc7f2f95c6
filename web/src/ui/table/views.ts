import { setPreferences, usePreferences } from '@/theme/preferences';

/** A list as it was once looked at: filters, columns, sort, time range. */
export interface SavedView {
  name: string;
  search: string;
}

/** Moments of a visit, not part of a view. */
const passing = ['open', 'new', 'edit', 'token', 'tab', 'live'];

/** What of an address a view keeps, in an order of its own so that two alike are equal. */
export function viewOf(search: string): string {
  const params = new URLSearchParams(search);
  for (const name of passing) params.delete(name);
  params.sort();
  return params.toString();
}

export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...views.filter((other) => other.name !== view.name), view].sort((a, b) => a.name.localeCompare(b.name));
}

export function useSavedViews(id: string) {
  const { views: all } = usePreferences();
  const views = all[id] ?? [];
  const put = (next: SavedView[]) => setPreferences({ views: { ...all, [id]: next } });
  return {
    views,
    save: (name: string, search: string) => put(withView(views, { name, search: viewOf(search) })),
    remove: (name: string) => put(views.filter((view) => view.name !== name)),
  };
}
