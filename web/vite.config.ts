// How the web app is built: one page, patrol screens kept for use without a network, desks loaded when somebody sits
// down at one. Knows no screen.
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { pinyin } from 'pinyin-pro';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** `virtual:initials`: first letters of the commonest readings, from U+4E00 to U+9FA5, worked out here and not on the tablet. */
const initials = (): Plugin => {
  const name = 'virtual:initials';
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => {
      if (id !== `\0${name}`) return undefined;
      let letters = '';
      for (let point = 0x4e00; point <= 0x9fa5; point++) {
        const letter = pinyin(String.fromCodePoint(point), { pattern: 'first', toneType: 'none' });
        letters += /^[a-z]$/.test(letter) ? letter : '.';
      }
      return `export default ${JSON.stringify(letters)};`;
    },
  };
};

/**
 * What every page needs at its start is read whole and in the background, not function by function while the page is
 * drawn: a Chromium heeds this first line since 136, others pass over it.
 */
const readAhead = (): Plugin => ({
  name: 'read-ahead',
  generateBundle: {
    order: 'post',
    handler: (_, bundle) => {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk' && (chunk.isEntry || chunk.moduleIds.some((id) => id.includes('/zod/'))))
          chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
    },
  },
});

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: resolve(import.meta.dirname, '../.build/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Tablets of a hall are not always new, but they are one make; a polyfill would be an inline script.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
    rollupOptions: {
      output: {
        // What only desks need bears their name, so that the tablet does not keep it (see globIgnores).
        chunkFileNames: (chunk) =>
          chunk.moduleIds.some(
            (id) => id.includes('/web/desks/') || id.includes('/antd/') || id.includes('/echarts/'),
          )
            ? 'desk/[name]-[hash].js'
            : 'app/[name]-[hash].js',
        entryFileNames: 'app/[name]-[hash].js',
        assetFileNames: 'app/[name]-[hash][extname]',
      },
    },
  },
  plugins: [
    react(),
    initials(),
    readAhead(),
    VitePWA({
      strategies: 'generateSW',
      injectRegister: false,
      registerType: 'prompt',
      manifest: {
        name: '明窗 · 政务服务大厅监督',
        short_name: '明窗',
        description: '窗口巡查、核实、考核与函告',
        lang: 'zh-CN',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#faf8f5',
        theme_color: '#a6231c',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,png,webmanifest,wasm}'],
        // Codes are printed in the office: their writer does not lie on the tablets.
        globIgnores: ['desk/**', 'app/zxing_writer-*', 'app/codes-screen-*'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/api\//, /^\/oidc\//, /^\/mingchuang-/],
        cleanupOutdatedCaches: true,
        maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      },
    }),
  ],
});
