// Packs the ranks of a byte-pair vocabulary as js-tiktoken publishes them (tokens in base64, lines of "! first-rank token…")
// into what Vocabulary.cs reads: for each rank in order one byte of length and the token's bytes, all of it in brotli.
// usage: node pack.mjs node_modules/js-tiktoken/dist/ranks/o200k_base.js o200k_base.ranks
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const [source, target] = process.argv.slice(2);
const { default: vocabulary } = await import(pathToFileURL(resolve(source)));
const tokens = [];
for (const line of vocabulary.bpe_ranks.split('\n').filter(Boolean)) {
  const [, first, ...texts] = line.split(' ');
  texts.forEach((text, i) => (tokens[Number(first) + i] = Buffer.from(text, 'base64')));
}

const parts = [];
for (const token of tokens) {
  if (!token || token.length > 255) throw new Error('A rank is missing, or a token is longer than 255 bytes.');
  parts.push(Buffer.of(token.length), token);
}

const packed = brotliCompressSync(Buffer.concat(parts), { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 } });
writeFileSync(target, packed);
