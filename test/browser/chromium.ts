import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Where pictures of the views are kept, for people to look at. */
export const SCREENSHOTS =
  process.env['WIREROOM_SCREENSHOTS'] ?? resolve(import.meta.dirname, '../../.wireroom/screenshots');

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Nothing but the page under test is asked for anything. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where Chromium is, installed from Debian's packages if it has to be; undefined, with the reason said, where it can't. */
export function findChromium(): string | undefined {
  const given = process.env['CHROMIUM'];
  if (given !== undefined && given !== '') return given;
  const found = PLACES.find((place) => existsSync(place));
  if (found !== undefined) return found;
  const install = 'apt-get update && apt-get install -y --no-install-recommends chromium';
  console.warn(`Chromium is missing; trying: ${install}`);
  spawnSync('sh', ['-c', install], { stdio: 'ignore', timeout: 8 * 60_000 });
  const installed = PLACES.find((place) => existsSync(place));
  if (installed === undefined) {
    console.warn(
      `Chromium can't be installed here: the browser tests are skipped. Install it, or name it in CHROMIUM.`,
    );
  }
  return installed;
}

export async function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS });
}
