export interface Difference {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/** What changed between two JSON values, one line a leaf; what stayed the same is left out. */
export function difference(before: unknown, after: unknown): Difference[] {
  const left = leaves(before);
  const right = leaves(after);
  const paths = [...new Set([...left.keys(), ...right.keys()])].sort();
  return paths.filter((path) => left.get(path) !== right.get(path)).map((path) => ({ path, before: left.get(path), after: right.get(path) }));
}

function leaves(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) {
    if (path && value === null) found.set(path, 'null');
    return found;
  }
  if (typeof value !== 'object') return found.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  const entries = Array.isArray(value) ? value.map((item, index) => [`[${index}]`, item] as const) : Object.entries(value).map(([key, item]) => [path ? `.${key}` : key, item] as const);
  if (entries.length === 0 && path) found.set(path, Array.isArray(value) ? '[]' : '{}');
  for (const [step, item] of entries) leaves(item, path + step, found);
  return found;
}
