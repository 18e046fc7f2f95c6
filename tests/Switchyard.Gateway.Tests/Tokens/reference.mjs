// Counts with js-tiktoken, the port of the reference implementation: a JSON array of texts in, an array of counts out.
// usage: node reference.mjs <directory with js-tiktoken's package.json> o200k_base < texts.json
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const [directory, name] = process.argv.slice(2);
const load = createRequire(directory + '/');
const { Tiktoken } = load('js-tiktoken/lite');
const ranks = load(`js-tiktoken/ranks/${name}`);
const encoding = new Tiktoken(ranks.default ?? ranks);
const texts = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(texts.map((text) => encoding.encode(text, [], []).length)));
