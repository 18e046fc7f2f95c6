type Guard = (event: PopStateEvent) => void;

let guard: Guard | null = null;

// Listening since before the router: listeners on the window are called in the order in which they came,
// and only the first can keep a step from the others.
addEventListener('popstate', (event) => guard?.(event));

/** Hears of every step through the browser's history before the router does; one at a time. */
export function guardHistory(next: Guard): () => void {
  guard = next;
  return () => {
    if (guard === next) guard = null;
  };
}
