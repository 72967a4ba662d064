import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { OPS_TOKEN, Wire, idOf, story } from '../e2e/wire.js';
import { SCREENSHOTS, findChromium, launchChromium } from './chromium.js';
import { HOSTILE } from './fixtures/hostile.js';

jest.setTimeout(300_000);

const ONE_TIME_TOKEN = 'one-time-token-of-this-test-32-characters';
const SOON_MS = 90_000;
const POISONED = 500;
const CAP = 25;

const executable = findChromium();
const describeInChromium = executable === undefined ? describe.skip : describe;

describeInChromium('the console on a running line, in Chromium', () => {
  let wire: Wire;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    wire = await Wire.start();
    await wire.startAll();
    await wire.startService('console', { OPS_TOKEN, CONSOLE_ONE_TIME_TOKEN: ONE_TIME_TOKEN });
    browser = await launchChromium(executable!);
    page = await newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await wire?.stop();
  });

  async function newPage(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
    const opened = await context.newPage();
    opened.setDefaultTimeout(SOON_MS);
    return opened;
  }

  async function shoot(name: string): Promise<void> {
    await page.screenshot({ path: join(SCREENSHOTS, `running-${name}.png`), fullPage: true });
  }

  it('opens by the printed address, and the token is gone from it', async () => {
    await page.goto(`${wire.urlOf('console')}/#token=${ONE_TIME_TOKEN}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(page.url()).not.toContain(ONE_TIME_TOKEN);
    for (const stage of ['ingest', 'enrichment', 'publishing']) {
      await page
        .getByRole('article', { name: `Stage ${stage}` })
        .getByText('well')
        .waitFor();
    }
    await page.getByRole('status').getByText('live', { exact: true }).waitFor();
  });

  it('leads from a poisoned message to its group, mends it, and shows it published', async () => {
    const submission = story('mended-in-the-page');
    const broken = JSON.stringify({ ...submission, publishedAt: 'yesterday' });
    await wire.publishRaw(Buffer.from(broken), 'mended');

    await page.keyboard.press('g');
    await page.keyboard.press('f');
    const group = page.getByRole('table', { name: 'Failure groups' }).getByRole('link', { name: 'contract-violation' });
    await group.click();
    await page.getByRole('table', { name: 'Dead letters' }).getByRole('link', { name: 'contract-violation' }).click();
    await page.getByText('The contract says:').waitFor();
    await shoot('dead-letter');

    await page.getByRole('link', { name: 'Edit and replay' }).click();
    const value = page.getByRole('textbox', { name: 'Value', exact: true });
    await value.fill((await value.inputValue()).replace('"yesterday"', '"2026-03-01T08:00:00Z"'));
    await page.getByText('The stage can read this.').waitFor();
    await page.getByRole('figure').locator('ins').first().waitFor();
    await shoot('dead-letter-edit');
    await page.getByRole('textbox', { name: 'Reason' }).fill('the source wrote a word for a date');
    await page.getByRole('button', { name: 'Keep and replay' }).click();

    await page.getByText('Mended: its replay ended as').waitFor();
    await page.getByRole('link', { name: 'Follow the item to its end' }).click();
    await page.getByRole('navigation', { name: 'Revisions' }).getByText('published').waitFor();
    await shoot('mended-item');
    expect(await wire.waitForPublished([idOf(submission)])).toEqual([]);
    expect((await wire.ingest.listDeadLetters({ state: 'waiting' })).total).toBe(0);
  });

  it('follows an item from a search to the characters its headline came from', async () => {
    const headline = 'Lighthouse of Brackwater gets its lamp back';
    const submission = story('lamp', {
      contentType: 'text/html',
      body: `<html><head><title>${headline} - Harbour News</title></head><body><article><h1>${headline}</h1>
<p>The lamp of the lighthouse of Brackwater was lifted back into its lantern on Monday, after a winter at the maker’s.</p>
<p>“It burns as it did when I was a child,” the keeper, Ada Quill, said on the gallery before the first evening.</p>
<p>Ships’ masters had steered by a temporary light since October, and had asked for the old one by letter.</p>
</article></body></html>`,
    });
    await wire.ingest.submit(submission);
    expect(await wire.waitForPublished([idOf(submission)])).toEqual([]);

    await page.keyboard.press('/');
    await page.keyboard.type('lighthouse lamp');
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'Items' }).getByRole('link', { name: headline }).click();
    await page.getByRole('link', { name: 'Why it says that' }).click();
    await page
      .getByRole('list', { name: 'Article' })
      .getByRole('link', { name: /^title/ })
      .click();
    const mark = page.getByLabel('In the original, with the characters it came from marked').locator('mark').first();
    await mark.waitFor();
    expect(await mark.textContent()).toContain(headline);
    await shoot('highlighted');

    await page.getByRole('link', { name: 'Enrichment' }).click();
    await page.getByRole('list', { name: 'Quotes' }).getByText('Ada Quill').first().waitFor();
    await shoot('enrichment');
    await page
      .getByRole('list', { name: 'Quotes' })
      .getByRole('link', { name: /It burns as it did/ })
      .click();
    await page.getByText('/enrichment/quotes/0').first().waitFor();
    expect(await mark.textContent()).toContain('It burns as it did when I was a child');
    await shoot('highlighted-quote');
  });

  it('redrives hundreds no faster than the cap, and stops half-way', async () => {
    for (let n = 0; n < POISONED; n++) await wire.publishRaw(Buffer.from(`{"source":"broken","n":${n}`), `broken-${n}`);
    const open = async (): Promise<number> => (await wire.ingest.listDeadLetters({ state: 'open' })).total;
    await waitUntil(async () => (await open()) === POISONED, SOON_MS);

    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('button', { name: 'Start a redrive' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start a redrive' });
    await dialog.getByRole('textbox', { name: 'At most, a second' }).fill(String(CAP));
    await dialog.getByRole('textbox', { name: 'Hold when more fail again than, %' }).fill('100');
    await dialog.getByRole('switch').uncheck();
    await dialog.getByText(`${POISONED} dead letters`).waitFor();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('to see whether they still fail');
    await dialog.getByRole('button', { name: `Start with ${POISONED}` }).click();

    const left = page.getByRole('navigation', { name: 'Items by outcome' }).getByRole('link', { name: /^waiting/ });
    await left.waitFor();
    // Early, as a slow machine takes its time to press the button.
    await waitUntil(
      async () => Number(/\d+/.exec((await left.textContent()) ?? '')?.[0] ?? POISONED) < POISONED - CAP,
      SOON_MS,
    );
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
    await page.getByText('stopped').first().waitFor();

    const id = page.url().split('/').at(-1)!;
    await waitUntil(async () => (await wire.console.redrive(id)).endedAt !== undefined, SOON_MS);
    const { counts, total } = await wire.console.redrive(id);
    expect(total).toBe(POISONED);
    expect(Object.values<number>({ ...counts }).reduce((sum, count) => sum + count, 0)).toBe(POISONED);
    expect(counts.left).toBeGreaterThan(0);
    expect(counts.parked).toBe(POISONED - counts.left);
    const { items } = await wire.console.redriveItems(id, { limit: 500 });
    const times = items
      .flatMap(({ sentAt }) => (sentAt === undefined ? [] : [Date.parse(sentAt)]))
      .sort((a, b) => a - b);
    const longest = Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length));
    // A second's worth may have been saved up while the line was busy.
    expect(longest).toBeLessThanOrEqual(2 * CAP);
    await shoot('redrive-stopped');
  });

  it('shows a ledger that adds up, and agrees with the stages', async () => {
    await page.goto(`${wire.urlOf('console')}/ledger`);
    await page.getByRole('button', { name: 'Count again at the stages' }).click();
    await page.getByText('agrees with the stages').waitFor();
    const numbers = await page
      .getByRole('paragraph')
      .filter({ hasText: 'accepted' })
      .getByRole('link')
      .allTextContents();
    const [accepted, ...parts] = numbers.map((text) => Number(/[\d,]+/.exec(text)![0].replaceAll(',', '')));
    expect(accepted).toBeGreaterThan(0);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(accepted);
    await shoot('ledger');
  });

  it('shows hostile headlines and ids as what they are', async () => {
    const hostile = Object.values(HOSTILE).map((text, index) =>
      story(`hostile-${index}`, {
        externalId: text.slice(0, 900),
        contentType: 'text/html',
        body: `<html><body><article><h1>${text.replaceAll('<', '&lt;')}</h1>${'<p>The harbour stayed quiet all night and the boats lay still at the quay, its master said in the morning.</p>'.repeat(4)}<script>window.__harmed = true</script></article></body></html>`,
      }),
    );
    for (const submission of hostile) await wire.ingest.submit(submission);
    expect(await wire.waitForPublished(hostile.map(idOf))).toEqual([]);
    await page.goto(`${wire.urlOf('console')}/items?source=e2e`);
    await page.getByRole('table', { name: 'Items' }).waitFor();
    await shoot('hostile-items');
    for (const submission of hostile) {
      await page.goto(`${wire.urlOf('console')}/items/${idOf(submission)}?tab=original&as=frame`);
      await page.frameLocator('iframe').getByText('The harbour stayed quiet').first().waitFor();
      expect(await page.evaluate('window.__harmed')).toBeUndefined();
      expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
        true,
      );
    }
  });

  it('shows a viewer what may be done, and lets them do none of it', async () => {
    const { token } = await wire.console.createToken({ name: 'a viewer', role: 'viewer', requestId: randomUUID() });
    const viewer = await newPage();
    await viewer.goto(wire.urlOf('console'));
    await viewer.getByLabel('Token', { exact: true }).fill(token);
    await viewer.getByRole('button', { name: 'Sign in' }).click();
    await viewer.getByRole('heading', { name: 'Overview' }).waitFor();
    await viewer.goto(`${wire.urlOf('console')}/failures?tab=letters&stage=ingest`);
    const replay = viewer.getByRole('button', { name: /^Replay/ });
    await replay.waitFor();
    expect(await replay.getAttribute('aria-disabled')).toBe('true');
    expect(await replay.textContent()).toContain('Needs the role operator; you are signed in as viewer.');
    await replay.click({ force: true });
    expect(await viewer.getByRole('dialog').count()).toBe(0);
    await viewer.context().close();
  });
});
