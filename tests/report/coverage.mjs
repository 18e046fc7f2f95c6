// Joins the Cobertura files below a directory and prints line coverage of src/ by project.
// A line counts as covered when any test run touched it. Takes the directory with the results; with '--demand' it
// fails when a bar is missed.
import { readFileSync } from 'node:fs';
import { filesBelow } from './files.mjs';

const bars = { all: 80, 'Switchyard.Gateway': 90 };
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

const measured = [...lines].sort().map(([project, byLine]) => ({ name: project, covered: [...byLine.values()].filter((hits) => hits > 0).length, total: byLine.size }));
measured.push({ name: 'all', covered: measured.reduce((sum, p) => sum + p.covered, 0), total: measured.reduce((sum, p) => sum + p.total, 0) });

const missed = new Set(Object.keys(bars));
for (const { name, covered, total } of measured) {
  const percent = (100 * covered) / Math.max(total, 1);
  if (percent >= bars[name]) missed.delete(name);
  console.log(`${name.padEnd(28)} ${`${percent.toFixed(1)} %`.padStart(8)}  of ${total} lines${bars[name] ? `, at least ${bars[name]} %` : ''}`);
}

if (process.argv[3] === '--demand' && missed.size > 0) {
  console.log(`Below its bar: ${[...missed].join(', ')}`);
  process.exit(1);
}
