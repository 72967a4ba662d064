import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launchChromium } from './chromium.js';
import { FixtureConsole } from './fixture-console.js';
import { FERRY } from './fixtures/items.js';
import { uuid } from './fixtures/times.js';

jest.setTimeout(300_000);

const SHOTS = process.env['WIREROOM_SCREENSHOTS'] ?? resolve(import.meta.dirname, '../../.wireroom/screenshots');
const LETTER = `/failures/publishing/${encodeURIComponent('content.enriched.v1/0/77')}`;

const VIEWS: Record<string, string> = {
  overview: '/',
  ledger: '/ledger',
  quality: '/ledger?tab=quality',
  items: '/items',
  'item-journey': `/items/${FERRY}`,
  'item-why': `/items/${FERRY}?tab=why&revision=1&field=%2Farticle%2Ftitle`,
  'item-original-text': `/items/${FERRY}?tab=original`,
  'item-original-frame': `/items/${FERRY}?tab=original&as=frame`,
  'item-documents': `/items/${FERRY}?tab=documents`,
  'item-compare': `/items/${FERRY}?tab=compare`,
  failures: '/failures',
  'dead-letters': '/failures?tab=letters&stage=enrichment&code=page-too-large',
  'dead-letter': LETTER,
  'dead-letter-error': `${LETTER}?tab=error`,
  'dead-letter-edit': `${LETTER}?tab=edit`,
  'dead-letter-versions': `${LETTER}?tab=versions`,
  redrives: '/redrives',
  'redrive-start': '/redrives?start=1&stage=enrichment&code=page-too-large',
  redrive: `/redrives/${uuid(900)}`,
  kafka: '/kafka',
  'kafka-groups': '/kafka?tab=groups',
  'kafka-topic': '/kafka/topics/content.ingested.v1',
  'kafka-message': '/kafka/topics/content.ingested.v1?message=3%3A24397',
  'kafka-settings': '/kafka/topics/content.ingested.v1?tab=settings',
  'kafka-group': '/kafka/groups/enrichment',
  audit: `/audit?entry=${uuid(703)}`,
  access: '/access',
};

const executable = findChromium();
const describeInChromium = executable === undefined ? describe.skip : describe;

describeInChromium('the page in Chromium', () => {
  let browser: Browser;
  let fixture: FixtureConsole;

  beforeAll(async () => {
    await mkdir(SHOTS, { recursive: true });
    fixture = await FixtureConsole.start();
    browser = await launchChromium(executable!);
  });

  beforeEach(() => fixture.reset());

  afterAll(async () => {
    await browser?.close();
    await fixture?.stop();
  });

  async function open(path: string, { width = 1280, scheme = 'dark' } = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height: 860 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(fixture.url + path);
    return page;
  }

  /** Goes to another view as a link does, without loading the page anew. */
  async function go(page: Page, path: string): Promise<void> {
    await page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`);
    await page.locator('h1').first().waitFor();
    await page.locator('[role=status][aria-label^=Loading]').first().waitFor({ state: 'detached' });
  }

  const looks = (['dark', 'light'] as const).flatMap((scheme) => [1280, 390].map((width) => ({ scheme, width })));

  it.each(looks)('draws every view in $scheme at $width', async ({ scheme, width }) => {
    const page = await open('/', { scheme, width });
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    const tooWide: string[] = [];
    for (const [name, path] of Object.entries(VIEWS)) {
      await go(page, path);
      await page.waitForTimeout(120);
      await page.screenshot({ path: join(SHOTS, `${name}-${scheme}-${width}.png`), fullPage: true });
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (overflow > 0) tooWide.push(`${name} by ${overflow} px`);
    }
    expect(tooWide).toEqual([]);
    // The frame of an original says that it ran no script, which is what it is there for.
    expect(complaints.filter((one) => !one.startsWith('Blocked script execution'))).toEqual([]);
    await page.context().close();
  });
});
