import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import axe from 'axe-core';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { SCREENSHOTS, findChromium, launchChromium } from './chromium.js';
import { FixtureConsole } from './fixture-console.js';
import { FERRY } from './fixtures/items.js';
import { quiet } from './fixtures/overview.js';
import { uuid } from './fixtures/times.js';

jest.setTimeout(300_000);

const LETTER = `/failures/publishing/${encodeURIComponent('content.enriched.v1/0/77')}`;

const VIEWS: Record<string, string> = {
  overview: '/',
  ledger: '/ledger',
  quality: '/ledger?tab=quality',
  items: '/items',
  'item-journey': `/items/${FERRY}`,
  'item-enrichment': `/items/${FERRY}?tab=enrichment`,
  'item-why': `/items/${FERRY}?tab=why&revision=1&field=%2Farticle%2Ftitle`,
  'item-why-quote': `/items/${FERRY}?tab=why&revision=1&field=%2Fenrichment%2Fquotes%2F0`,
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
  'kafka-group': '/kafka/groups/wireroom-enrichment',
  reprocess: '/reprocess',
  'reprocess-start': '/reprocess?start=1',
  sources: '/sources',
  'source-declare': '/sources?declare=1',
  source: '/sources/saltmouth-gazette',
  'source-change': '/sources/harbour-news?act=change',
  channels: '/channels',
  audit: `/audit?entry=${uuid(703)}`,
  access: '/access',
};

const HEIGHT = 860;

/** WCAG 2.2, levels A and AA. */
const ALL_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What depends on the colours: nothing else differs between the schemes. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Each view is loaded once and looked at in each of these in turn. */
const LOOKS: { scheme: 'dark' | 'light'; width: number; rules?: string[] }[] = [
  { scheme: 'dark', width: 1280, rules: ALL_RULES },
  { scheme: 'light', width: 1280, rules: COLOUR_RULES },
  { scheme: 'light', width: 390 },
  { scheme: 'dark', width: 390 },
];

const OVERFLOWS = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

/** Resolves when the fonts are there, the layout is drawn, and what moves and comes to an end has ended. */
const SETTLED = `(async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await document.fonts.ready;
  await frame().then(frame);
  const ending = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
})()`;

const executable = findChromium();
const describeInChromium = executable === undefined ? describe.skip : describe;

describeInChromium('the page in Chromium', () => {
  let browser: Browser;
  let fixture: FixtureConsole;

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    fixture = await FixtureConsole.start();
    browser = await launchChromium(executable!);
  });

  beforeEach(() => fixture.reset());

  afterAll(async () => {
    await browser?.close();
    await fixture?.stop();
  });

  async function open(path: string): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: HEIGHT },
      colorScheme: 'dark',
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

  describe('draws, accessibly, in both schemes and both widths,', () => {
    let page: Page;
    let complaints: string[];

    beforeAll(async () => {
      page = await open('/');
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
    });

    beforeEach(() => {
      complaints = [];
    });

    afterAll(async () => {
      await page?.context().close();
    });

    it.each(Object.entries(VIEWS))('%s', async (name, path) => {
      await go(page, path);
      const faults: string[] = [];
      for (const look of LOOKS) {
        await page.emulateMedia({ colorScheme: look.scheme });
        await page.setViewportSize({ width: look.width, height: HEIGHT });
        await page.evaluate(SETTLED);
        await page.screenshot({ path: join(SCREENSHOTS, `${name}-${look.scheme}-${look.width}.png`), fullPage: true });
        if (await page.evaluate(OVERFLOWS)) faults.push(`too wide at ${look.width}`);
        // The frame holds someone else's page, which no script can look into.
        if (look.rules && name !== 'item-original-frame') faults.push(...(await faultsOf(page, look.rules)));
      }
      expect(faults).toEqual([]);
      // The frame of an original says that it ran no script, which is what it is there for.
      expect(complaints.filter((one) => !one.startsWith('Blocked script execution'))).toEqual([]);
    });
  });

  it('is walked by the keyboard: skip link, search, views, rows', async () => {
    const page = await open('/items');
    await page.getByRole('table', { name: 'Items' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');

    const rows = page.getByRole('table', { name: 'Items' }).getByRole('link');
    await rows.first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.textContent')).toBe(await rows.nth(1).textContent());

    await page.keyboard.press('/');
    await page.keyboard.type('g f');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/items?q=g+f');
    for (const [key, title] of Object.entries({
      o: 'Overview',
      l: 'Ledger',
      f: 'Failures',
      k: 'Kafka',
      s: 'Sources',
    })) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
    }
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.context().close();
  });

  it('mends a dead letter and starts a redrive by the keyboard alone', async () => {
    const page = await open(LETTER);
    await page.getByText('The contract says:').waitFor();
    await tabTo(page, 'Edit');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Value', exact: true }).waitFor();
    await tabTo(page, 'Value');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('{"title":"mended"}');
    await tabTo(page, 'Reason');
    await page.keyboard.type('by the keyboard');
    await tabTo(page, 'Keep and replay');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Value', exact: true }).waitFor({ state: 'detached' });

    await go(page, '/redrives');
    await tabTo(page, 'Start a redrive');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('512 dead letters').waitFor();
    await page.keyboard.type('the store is back');
    await tabTo(page, 'Start with 512');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/redrives/${uuid(900)}`);
    expect(fixture.changes.filter(({ body }) => (body as { reason?: string }).reason !== undefined)).toMatchObject([
      {
        path: `${LETTER.replace('/failures', '/v1/ops/dead-letters')}/edit-and-replay`,
        body: { reason: 'by the keyboard' },
      },
      { path: '/v1/ops/redrives', body: { reason: 'the store is back' } },
    ]);
    await page.context().close();
  });

  it('lets nothing of a stranger act or turn the words around it', async () => {
    const page = await open('/items');
    await page.getByRole('table', { name: 'Items' }).getByText('<script>window.__harmed').waitFor();
    await page.getByText('Harbour fees ⟨RLO⟩laerc era⟨PDF⟩').waitFor();
    for (const number of [10, 11, 12, 13]) {
      await go(page, `/items/${uuid(number)}`);
      // An address that is none of the web's is shown and leads nowhere.
      expect(await page.locator('a[href^="java" i]').count()).toBe(0);
    }
    expect(await page.evaluate('window.__harmed')).toBeUndefined();
    await page.context().close();
  });

  it('shows a viewer every action, and why it is not theirs', async () => {
    fixture.role = 'viewer';
    const page = await open(`${LETTER}?tab=edit`);
    const actions = ['Replay', 'Discard', 'Keep and replay'].map((name) =>
      page.getByRole('button', {
        name: `${name} (Needs the role operator; you are signed in as viewer.)`,
        exact: true,
      }),
    );
    for (const action of actions) {
      await action.waitFor();
      expect(await action.getAttribute('aria-disabled')).toBe('true');
      await action.click({ force: true });
    }
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(fixture.changes.filter(({ path }) => !path.endsWith('/check'))).toEqual([]);
    await page.context().close();
  });

  it('says a change once and with its token, however often it is pressed', async () => {
    const page = await open(LETTER);
    await page.getByRole('button', { name: 'Discard' }).click();
    const dialog = page.getByRole('dialog', { name: 'Discard dead letters' });
    const confirm = dialog.getByRole('button', { name: 'Discard' });
    await dialog.getByText('1 dead letter').waitFor();
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('a test of the desk');
    await confirm.dblclick();
    await dialog.waitFor({ state: 'detached' });
    const sent = fixture.changes.filter(({ body }) => (body as { dryRun?: boolean }).dryRun !== true);
    expect(sent).toMatchObject([{ csrf: 'a-token', body: { stage: 'publishing', reason: 'a test of the desk' } }]);
    await page.context().close();
  });

  it('tests a source, declares it, and removes one with a reason', async () => {
    const page = await open('/sources?declare=1');
    const dialog = page.getByRole('dialog', { name: 'Declare a source' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('islander');
    await dialog.getByRole('textbox', { name: 'Address' }).fill('https://islander.example/feed.xml');
    await dialog.getByRole('textbox', { name: 'Poll every, seconds' }).fill('five 60');
    await dialog.getByRole('button', { name: 'Test' }).click();
    await dialog.getByText('1 fetch, 3 items and more.').waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, 'source-tested.png') });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('asked for by the island desk');
    await dialog.getByRole('button', { name: 'Declare' }).click();
    await page.waitForURL('**/sources/islander');
    const spec = { name: 'islander', kind: 'feed', address: 'https://islander.example/feed.xml', intervalSeconds: 60 };
    expect(fixture.changes).toMatchObject([
      { path: '/v1/ops/sources/test', body: spec },
      { path: '/v1/ops/sources', csrf: 'a-token', body: { ...spec, reason: 'asked for by the island desk' } },
    ]);

    await page.getByRole('button', { name: 'Remove' }).click();
    const removal = page.getByRole('dialog', { name: 'Remove islander' });
    await removal.getByRole('textbox', { name: 'Reason' }).fill('the paper has closed');
    await removal.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('table', { name: 'Sources' }).waitFor();
    expect(fixture.changes.at(-1)).toMatchObject({
      path: '/v1/ops/sources/islander/remove',
      body: { reason: 'the paper has closed' },
    });
    await page.context().close();
  });

  it('offers the steps that enrichment has, and tries those that can be tried', async () => {
    const page = await open('/reprocess?start=1');
    const dialog = page.getByRole('dialog', { name: 'Process items again' });
    await dialog.getByRole('checkbox', { name: 'topics' }).check();
    await dialog.getByRole('checkbox', { name: 'cluster' }).check();
    await dialog.getByText('What cluster would change can’t be shown beforehand.').waitFor();
    await dialog.getByText('/enrichment/topics/0/label').waitFor();
    expect(fixture.changes.at(-1)).toMatchObject({ path: '/v1/ops/reprocess/preview', body: { steps: ['topics'] } });
    await page.screenshot({ path: join(SCREENSHOTS, 'reprocess-chosen.png') });
    await page.context().close();
  });

  it('leads from an alarm to what it speaks of', async () => {
    const page = await open('/');
    await page
      .getByRole('list', { name: 'Alarms' })
      .getByRole('link', { name: /^harbour-news: 61 %/ })
      .click();
    await page.waitForURL('**/ledger?tab=quality&source=harbour-news');
    await page.getByRole('link', { name: /^512 messages of saltmouth-gazette/ }).click();
    await page.waitForURL('**/failures?tab=letters&stage=enrichment&*');
    await page.context().close();
  });

  it('tells the quiet day, the empty list and the failure apart', async () => {
    fixture.now = quiet;
    fixture.replace('/v1/ops/failures', { groups: [], asOf: new Date().toISOString() });
    fixture.replace('/v1/ops/kafka', { status: 503, body: { code: 'unreachable', message: 'No broker answers.' } });
    const page = await open('/');
    await page.getByText('No alarms.').waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, 'overview-quiet.png'), fullPage: true });
    await go(page, '/failures');
    await page.getByText('Nothing waits to be mended.').waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, 'failures-empty.png') });
    await go(page, '/kafka');
    await page.getByRole('alert').getByText('No broker answers.').waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, 'kafka-failing.png') });
    await page.context().close();
  });

  it('asks who is signed out to sign in, and forgets the token in the address', async () => {
    fixture.role = undefined;
    const page = await open('/ledger#token=once-only');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(page.url()).not.toContain('once-only');
    await page.screenshot({ path: join(SCREENSHOTS, 'sign-in.png') });
    fixture.role = 'operator';
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Ledger' }).waitFor();
    expect(fixture.changes).toMatchObject([{ path: '/v1/session', body: { token: 'once-only' } }]);
    await page.context().close();
  });

  it.each([
    ['no-role', 'gives you no role here'],
    ['sign-in-failed', 'Begin it again.'],
    ['of-a-later-version', 'The console’s log says why.'],
  ])('says in a sentence why a sign-in failed with %s', async (code, words) => {
    fixture.role = undefined;
    const page = await open(`/?signInFailed=${code}`);
    await page.getByRole('alert').getByText(words).waitFor();
    expect(new URL(page.url()).search).toBe('');
    if (code === 'no-role') await page.screenshot({ path: join(SCREENSHOTS, 'sign-in-failed.png') });
    await page.context().close();
  });
});

/** Presses Tab until the focus is on what has this name. @throws Error where it never is */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const named = await page.evaluate<string>(
      "document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent",
    );
    if (named.trim() === name) return;
    seen.push(named.trim().slice(0, 40));
  }
  throw new Error(`Tab does not lead to ${name}, but to ${seen.join(', ')}`);
}

/** What axe-core finds. */
async function faultsOf(page: Page, runOnly: string[]): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  const options = JSON.stringify({ runOnly, iframes: false, resultTypes: ['violations'] });
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(document, ${options})`);
  return violations.map(({ id, nodes }) => `${id}, ${nodes.length} times, such as ${nodes[0]!.target.join(' ')}`);
}
