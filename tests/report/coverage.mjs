// Joins the Cobertura files below a directory and prints line coverage of src/ by project.
// A line counts as covered when any test run touched it. Takes the directory with the results.
import { readFileSync } from 'node:fs';
import { filesBelow } from './files.mjs';

const lines = new Map();

for (const file of filesBelow(process.argv[2], 'coverage.cobertura.xml')) {
  const xml = readFileSync(file, 'utf8');
  const roots = [...xml.matchAll(/<source>([^<]*)<\/source>/g)].map((match) => match[1]);
  for (const part of xml.split('<class ').slice(1)) {
    const name = /filename="([^"]*)"/.exec(part)?.[1] ?? '';
    const path = name.startsWith('/') ? name : `${roots[0] ?? ''}/${name}`.replace('//', '/');
    const inside = /\/src\/(.*)$/.exec(path)?.[1];
    if (!inside || inside.includes('/obj/')) continue;
    const project = inside.replace(/^Modules\//, '').split('/')[0];
    const body = part.slice(0, part.indexOf('</class>'));
    for (const [, number, hits] of body.matchAll(/<line number="(\d+)" hits="(\d+)"/g)) {
      const byLine = lines.get(project) ?? lines.set(project, new Map()).get(project);
      const key = `${inside}:${number}`;
      byLine.set(key, Math.max(byLine.get(key) ?? 0, Number(hits)));
    }
  }
}

let [coveredInAll, all] = [0, 0];
const percent = (covered, total) => `${((100 * covered) / Math.max(total, 1)).toFixed(1)} %`.padStart(8);
for (const [project, byLine] of [...lines].sort()) {
  const covered = [...byLine.values()].filter((hits) => hits > 0).length;
  [coveredInAll, all] = [coveredInAll + covered, all + byLine.size];
  console.log(`${project.padEnd(28)} ${percent(covered, byLine.size)}  of ${byLine.size} lines`);
}
console.log(`${'all'.padEnd(28)} ${percent(coveredInAll, all)}  of ${all} lines`);
