import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Where `npm run dev` finds the Switchyard server. */
const server = process.env.SWITCHYARD_URL ?? 'http://127.0.0.1:8080';
const proxied = { target: server, changeOrigin: true };

export default defineConfig({
  plugins: [react()],
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
