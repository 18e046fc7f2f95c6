import react from '@vitejs/plugin-react';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm run dev` finds the Switchyard server. */
const server = process.env.SWITCHYARD_URL ?? 'http://127.0.0.1:8080';
const proxied = { target: server, changeOrigin: true };

/** Puts the smallest brotli form beside each text file: too slow for a server that is starting, once per build here. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle({ dir = 'dist' }) {
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg)$/.test(entry.name)) continue;
        const file = join(entry.parentPath, entry.name);
        const bytes = readFileSync(file);
        if (bytes.length < 512) continue;
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), precompress()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    sourcemap: false,
    // Nothing inline: the server sends a content security policy without inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: {
        // Icons are tiny: one file of them costs less than fifty requests.
        advancedChunks: { groups: [{ name: 'icons', test: /@tabler[\\/]icons-react/ }] },
      },
    },
  },
  server: {
    proxy: { '/api': proxied, '/admin/config': proxied, '/v1': proxied, '/health': proxied, '/openapi': proxied },
  },
});
