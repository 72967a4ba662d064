import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstViewBudget } from './build/first-view-budget.js';
import { themeVariables } from './build/theme-variables.js';

/** What the first view may weigh, gzipped: the page, its scripts and styles, and the fonts it shows. */
const FIRST_VIEW_BYTES = 300_000;

export default defineConfig({
  plugins: [react(), themeVariables(), firstViewBudget({ limit: FIRST_VIEW_BYTES, firstRoute: 'overview.view' })],
  build: {
    // Everything the page loads comes from the service itself: its content security policy allows no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/v1': process.env['CONSOLE_URL'] ?? 'http://127.0.0.1:3004' } },
});
