/** Resolves once the first screen has had time to stand: for what it does not need. */
export function afterFirstPaint(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}
