import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

export default defineConfig({
  // The page works below any path: behind a proxy, or one of several nodes of a lab.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // npm run dev: the page is reloaded as it is written, and reads the lab that runs beside it (lmp lab).
  server: { proxy: { '/v1': 'http://127.0.0.1:7010', '/node': 'http://127.0.0.1:7010', '/network': 'http://127.0.0.1:7010' } },
  build: {
    outDir: process.env.BUNDLE ?? '../obj/bundle',
    emptyOutDir: true,
    target: 'es2022',
    // Everything is a file of its own: the page's policy forbids data: and inline.
    assetsInlineLimit: 0,
    // Whose work is in the bundle: served beside it, as their licences ask.
    license: { fileName: 'assets/licences.txt' },
    modulePreload: { polyfill: false },
  },
  plugins: [
    {
      // Embedded and sent as they are; level 9 costs nothing here.
      name: 'compress',
      enforce: 'post',
      generateBundle(_, bundle) {
        for (const [name, file] of Object.entries(bundle)) {
          this.emitFile({ type: 'asset', fileName: `${name}.gz`, source: gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }) });
        }
      },
    },
  ],
});
