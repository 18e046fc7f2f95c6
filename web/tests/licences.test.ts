import { expect, it } from 'vitest';
import packages from '@/modules/platform/licences/packages.json';
import { npmPackages, nugetPackages } from '../scripts/licences.mjs';

it('the list of licences names every shipped package in its version: after a change of dependencies run "npm run licences"', () => {
  const listed = packages.map(({ name, version, from }) => `${from} ${name} ${version}`);
  const shipped = [...nugetPackages(), ...npmPackages()].map(({ name, version, from }) => `${from} ${name} ${version}`);
  expect(listed.filter((entry) => !entry.startsWith('embedded ')).sort()).toEqual(shipped.sort());
});

it('every listed package has a licence that lets it be passed on under ours', () => {
  const allowed = ['MIT', 'Apache-2.0', 'BSD-3-Clause', '0BSD', 'ISC', 'PostgreSQL', '(MIT OR CC0-1.0)'];
  expect(packages.filter(({ licence }) => !allowed.includes(licence))).toEqual([]);
});
