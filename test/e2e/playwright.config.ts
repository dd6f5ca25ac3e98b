// The stories in a real browser: Debian's Chromium on a tablet's screen, against the whole platform on one machine.
import { defineConfig } from '@playwright/test';

const port = Number(process.env.E2E_PORT ?? '8181');

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../.build/e2e',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  // A busy machine may be late once; what fails twice is broken.
  retries: process.env.CI ? 1 : 0,
  reporter: process.env.CI ? [['list'], ['json', { outputFile: '../../.build/e2e.json' }]] : 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1180, height: 820 },
    hasTouch: true,
    // A button that does not come fails its story there, not at the end of its minutes.
    actionTimeout: 30_000,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Colours are measured when nothing fades in any more; see the kit.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
    },
  },
  webServer: {
    command: `node test/e2e/hall.ts`,
    cwd: '../..',
    env: { E2E_PORT: String(port) },
    url: `http://localhost:${port}/api/health`,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
