/** Whether an event type is meant by a pattern: `gateway.calls-settled`, `gateway.*` or `*`. */
export function matches(pattern: string, type: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
