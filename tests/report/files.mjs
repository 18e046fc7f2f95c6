import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** All files below a directory whose name ends in `ending`. */
export function filesBelow(directory, ending) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
