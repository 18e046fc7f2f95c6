// Writes `X.br` beside every text file of the finished build: packing as tightly as brotli can takes seconds
// of CPU, which belong to the build and not to the first page that somebody opens.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const folder = join(import.meta.dirname, '../dist');
const worthPacking = 1024;
const isText = /\.(js|css|html|svg|json|webmanifest|txt)$/;

for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  const path = join(folder, name);
  rmSync(`${path}.br`, { force: true });
  if (!isText.test(name) || statSync(path).size < worthPacking) continue;
  const plain = readFileSync(path);
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    }),
  );
}
