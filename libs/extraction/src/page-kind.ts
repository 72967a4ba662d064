import type { ChosenBlock } from './body/chosen-block.js';
import type { Block } from './html/blocks.js';
import { type ElementNode, rawTextOf } from './html/document.js';
import { metaValues } from './html/structured-data.js';
import { elementsNamed, type Page } from './page.js';
import { CHALLENGE, CONSENT, LOGIN, NOT_FOUND, PRIVACY } from './page-kind-words.js';
import { comparable, countWords } from './text.js';

/** What a page is when it is no article. */
export type PageKind =
  'listing' | 'home' | 'gallery' | 'video' | 'login' | 'consent' | 'challenge' | 'soft-404' | 'empty-shell' | 'empty';

export interface NotArticle {
  pageKind: PageKind;
  /** What spoke for it, for a person to read. */
  reasons: string[];
}

/** What the rules look at; words are those of the blocks taken for the body. */
interface Evidence {
  page: Page;
  body: ChosenBlock[];
  words: number;
  title: string;
  /** All text of the page, and as much of it as a wall fits in. */
  chars: number;
  opening: string;
  saysArticle: boolean;
}

/** A text this long is worth more than any suspicion. */
const WALL_WORDS = 120;
const FEW_WORDS = 60;
const HARDLY_ANY_WORDS = 25;

const SHELL_ROOTS = new Set(['root', 'app', '__next', '__nuxt', 'gatsby-___', 'svelte', 'main-app']);

/** Says what a page without an article is; undefined for an article, and wherever there is doubt. */
export function notArticle(page: Page, body: ChosenBlock[], title: string | undefined): NotArticle | undefined {
  const evidence = evidenceOf(page, body, title ?? '');
  for (const rule of [emptyPage, wall, missingPage, media, overview]) {
    const answer = rule(evidence);
    if (answer) return answer;
  }
  return undefined;
}

function evidenceOf(page: Page, body: ChosenBlock[], title: string): Evidence {
  const visible = page.blocks.filter(({ hidden }) => !hidden);
  return {
    page,
    body,
    words: body.reduce((sum, { block }) => sum + countWords(block.text), 0),
    title,
    chars: visible.reduce((sum, { text }) => sum + text.length, 0),
    opening: visible
      .slice(0, 40)
      .map(({ text }) => comparable(text))
      .join('\n')
      .slice(0, 4000),
    saysArticle:
      page.articleData.length > 0 ||
      metaValues(page.data, 'og:type').some(({ value }) => /article/i.test(value)) ||
      metaValues(page.data, 'article:published_time').length > 0,
  };
}

function emptyPage({ page, chars, words }: Evidence): NotArticle | undefined {
  if (words >= FEW_WORDS || chars > 400) return undefined;
  const root = elementsNamed(page, 'div', 'main').find((element) => SHELL_ROOTS.has(element.attribute('id') ?? ''));
  const asksForScripts = elementsNamed(page, 'noscript').length > 0;
  if ((root || asksForScripts || chars < 80) && hasScripts(page) && words < 20)
    return {
      pageKind: 'empty-shell',
      reasons: [
        `${chars} characters of text`,
        root ? `scripts fill #${root.attribute('id')}` : 'scripts fill the page',
      ],
    };
  return chars === 0 ? { pageKind: 'empty', reasons: ['no text'] } : undefined;
}

function hasScripts(page: Page): boolean {
  return elementsNamed(page, 'script').some((script) => !/json/i.test(script.attribute('type') ?? ''));
}

function wall(evidence: Evidence): NotArticle | undefined {
  const { page, words, title, opening, chars } = evidence;
  if (words >= WALL_WORDS || chars > 6000) return undefined;
  const challenge = CHALLENGE.exec(`${comparable(title)}\n${opening}`)?.[0];
  if (challenge && chars < 2500) return { pageKind: 'challenge', reasons: [`says "${challenge}"`] };
  if (words < FEW_WORDS && chars < 2500 && asksToSignIn(evidence))
    return { pageKind: 'login', reasons: ['asks to sign in', `${words} words of text`] };
  const consent = CONSENT.exec(opening)?.[0];
  if (
    consent &&
    chars < 4000 &&
    PRIVACY.test(opening) &&
    page.blocks.length < 40 &&
    wordsBesidePrivacy(evidence) < FEW_WORDS
  )
    return { pageKind: 'consent', reasons: [`says "${consent}"`, `${page.blocks.length} blocks in all`] };
  return undefined;
}

/** A form for a password, or one for the name alone on a page that is called so. */
function asksToSignIn({ page, title, opening }: Evidence): boolean {
  const types = elementsNamed(page, 'input').map((input) => (input.attribute('type') ?? 'text').toLowerCase());
  const name = comparable([title, ...elementsNamed(page, 'title').map(rawTextOf)].join('\n'));
  return types.includes('password')
    ? LOGIN.test(`${name}\n${opening}`)
    : LOGIN.test(name) && types.some((type) => ['email', 'tel', 'text'].includes(type));
}

/** How much the page says that is not about data protection. */
function wordsBesidePrivacy({ body }: Evidence): number {
  const beside = body.filter(({ block }) => !PRIVACY.test(comparable(block.text)));
  return beside.reduce((sum, { block }) => sum + countWords(block.text), 0);
}

function missingPage({ words, title, page }: Evidence): NotArticle | undefined {
  if (words >= WALL_WORDS) return undefined;
  const headings = page.blocks.filter(({ role }) => role === 'heading').slice(0, 3);
  const titles = elementsNamed(page, 'title').map(rawTextOf);
  const found = [title, ...titles, ...headings.map(({ text }) => text)]
    .map((text) => NOT_FOUND.exec(comparable(text))?.[0])
    .find(Boolean);
  return found ? { pageKind: 'soft-404', reasons: [`the headline says "${found}"`] } : undefined;
}

const PLAYER = /player|embed|youtube|vimeo|dailymotion|video/i;

function media({ page, words, saysArticle }: Evidence): NotArticle | undefined {
  if (words >= HARDLY_ANY_WORDS) return undefined;
  const type = metaValues(page.data, 'og:type')[0]?.value ?? '';
  const types = page.data.linkedData.flatMap((node) => node.types);
  const plays =
    elementsNamed(page, 'video').length > 0 ||
    elementsNamed(page, 'iframe').some((frame) => PLAYER.test(frame.attribute('src') ?? ''));
  if (/^video/i.test(type) || (!saysArticle && (plays || types.includes('VideoObject'))))
    return { pageKind: 'video', reasons: [`${words} words around a video`] };
  const pictures = elementsNamed(page, 'img', 'amp-img');
  const isGallery =
    types.some((each) => /ImageGallery|MediaGallery/.test(each)) ||
    elementsNamed(page, 'figure').length > 8 ||
    // Those of teasers lead elsewhere.
    pictures.filter((picture) => !isLinked(picture)).length > 8;
  return isGallery && pictures.length > 8
    ? { pageKind: 'gallery', reasons: [`${pictures.length} pictures and ${words} words`] }
    : undefined;
}

function isLinked(element: ElementNode): boolean {
  for (let at = element.parent; at; at = at.parent) if (at.tag === 'a') return true;
  return false;
}

/** Lists and front pages: text that other stories' linked headings keep interrupting. */
function overview({ page, body, words, saysArticle }: Evidence): NotArticle | undefined {
  if (saysArticle) return undefined;
  const teasers = page.blocks.filter(isTeaser);
  const texts = body.map(({ block }) => block).filter((block) => !isTeaser(block));
  const interrupted = interruptions(page.blocks, texts);
  const isList =
    teasers.length >= 8 && (words < HARDLY_ANY_WORDS || (texts.length >= 6 && interrupted / texts.length >= 0.6));
  if (!isList) return undefined;
  const reasons = [
    `${teasers.length} linked headlines`,
    `${interrupted} of them between ${texts.length} blocks of text`,
  ];
  return { pageKind: isFrontPage(page.url) ? 'home' : 'listing', reasons };
}

/** The headline of another story: a linked heading, or a link with more words than menus have. */
function isTeaser(block: Block): boolean {
  const length = block.role === 'heading' ? 15 : 30;
  return block.text.length > length && block.linkChars > block.text.length * 0.7;
}

/** How many of the body's texts have a linked headline between themselves and the one before. */
function interruptions(blocks: Block[], texts: Block[]): number {
  const chosen = new Set(texts);
  let count = 0;
  let sawTeaser = false;
  for (const block of blocks) {
    if (isTeaser(block)) sawTeaser = true;
    if (!chosen.has(block)) continue;
    if (sawTeaser) count++;
    sawTeaser = false;
  }
  return count;
}

function isFrontPage(url: string | undefined): boolean {
  return url !== undefined && /^[a-z]+:\/\/[^/]+\/?(?:index\.\w+|home\/?|[a-z]{2}\/?)?(?:[?#].*)?$/i.test(url);
}
