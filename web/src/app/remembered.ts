/** What a screen's address said when it was left, for the rest of this visit: coming back restores it. */
const prefix = 'switchyard.screen.';
/** Moments of a visit, not its state. */
const passing = ['token', 'new'];

export function remember(path: string, search: string): void {
  const params = new URLSearchParams(search);
  for (const name of passing) params.delete(name);
  const text = params.toString();
  if (text) sessionStorage.setItem(prefix + path, text);
  else sessionStorage.removeItem(prefix + path);
}

/** The screen's path with what was remembered; the global time range of where we are now wins. */
export function restore(path: string, currentSearch: string): string {
  const params = new URLSearchParams(sessionStorage.getItem(prefix + path) ?? '');
  const current = new URLSearchParams(currentSearch);
  for (const name of ['from', 'to']) {
    const value = current.get(name);
    if (value) params.set(name, value);
    else params.delete(name);
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}
