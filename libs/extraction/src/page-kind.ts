import type { ChosenBlock } from './body/chosen-block.js';
import type { Block } from './html/blocks.js';
import { rawTextOf } from './html/document.js';
import { metaValues } from './html/structured-data.js';
import { elementsNamed, type Page } from './page.js';
import { countWords } from './text.js';

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

const CHALLENGE =
  /just a moment|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)|attention required|unusual traffic|access denied|captcha|ddos protection|enable javascript and cookies to continue|bist du ein (?:mensch|roboter)|no eres un robot|vérifi(?:er|ons) que vous (?:êtes|n'êtes)|подтвердите, что вы не робот/i;
const CONSENT =
  /(?:before you continue|we (?:and our partners )?(?:use|value|store)|accept all|manage (?:consent|cookies)|cookie[- ]?(?:consent|einstellungen|policy)|einwilligung|zustimm(?:en|ung)|alle akzeptieren|accepter et continuer|tout accepter|aceptar todo|accetta tutti|alles accepteren|godta alle|acceptera alla)/i;
const NOT_FOUND =
  /(?:^|\b)(?:error )?404(?:\b|$)|not found|no longer (?:available|exists)|(?:page|story|article) (?:you requested )?(?:could not|can'?t|cannot) be found|nicht gefunden|existiert nicht|introuvable|n'existe (?:pas|plus)|no (?:se ha )?encontrad[ao]|não encontrad[ao]|non trovat[ao]|niet gevonden|ikke fundet|hittades inte|ei löytynyt|nie (?:została )?znalezion|не найден|bulunamadı|見つかりません|页面不存在|찾을 수 없/i;
const LOGIN = /log ?in|sign ?in|anmelden|einloggen|connexion|iniciar sesión|accedi|inloggen|войти|ログイン/i;
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
      .map(({ text }) => text)
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

function wall({ page, words, title, opening, chars }: Evidence): NotArticle | undefined {
  if (words >= WALL_WORDS || chars > 6000) return undefined;
  const challenge = CHALLENGE.exec(`${title}\n${opening}`)?.[0];
  if (challenge && chars < 2500) return { pageKind: 'challenge', reasons: [`says "${challenge}"`] };
  const asksPassword = elementsNamed(page, 'input').some((input) => input.attribute('type') === 'password');
  if (asksPassword && words < FEW_WORDS && chars < 2500 && LOGIN.test(`${title}\n${opening}`))
    return { pageKind: 'login', reasons: ['asks for a password', `${words} words of text`] };
  const consent = CONSENT.exec(opening)?.[0];
  if (
    consent &&
    chars < 4000 &&
    /cookie|consent|einwillig|datenschutz|privacy|données/i.test(opening) &&
    page.blocks.length < 40
  )
    return { pageKind: 'consent', reasons: [`says "${consent}"`, `${page.blocks.length} blocks in all`] };
  return undefined;
}

function missingPage({ words, title, page }: Evidence): NotArticle | undefined {
  if (words >= WALL_WORDS) return undefined;
  const headings = page.blocks.filter(({ role }) => role === 'heading').slice(0, 3);
  const titles = elementsNamed(page, 'title').map(rawTextOf);
  const found = [title, ...titles, ...headings.map(({ text }) => text)]
    .map((text) => NOT_FOUND.exec(text)?.[0])
    .find(Boolean);
  return found ? { pageKind: 'soft-404', reasons: [`the headline says "${found}"`] } : undefined;
}

function media({ page, words, saysArticle }: Evidence): NotArticle | undefined {
  if (words >= HARDLY_ANY_WORDS) return undefined;
  const type = metaValues(page.data, 'og:type')[0]?.value ?? '';
  const types = page.data.linkedData.flatMap((node) => node.types);
  if (/^video/i.test(type) || (types.includes('VideoObject') && !saysArticle))
    return { pageKind: 'video', reasons: [`${words} words around a video`] };
  const pictures = elementsNamed(page, 'img', 'amp-img').length;
  const isGallery =
    types.some((each) => /ImageGallery|MediaGallery/.test(each)) || elementsNamed(page, 'figure').length > 8;
  return isGallery && pictures > 8
    ? { pageKind: 'gallery', reasons: [`${pictures} pictures and ${words} words`] }
    : undefined;
}

/** Lists and front pages: text that other stories' linked headings keep interrupting. */
function overview({ page, body, words, saysArticle }: Evidence): NotArticle | undefined {
  if (saysArticle) return undefined;
  const teasers = page.blocks.filter(isTeaserHeading);
  const texts = body.map(({ block }) => block).filter((block) => !isTeaserHeading(block));
  const interrupted = interruptions(page.blocks, texts);
  const isList =
    teasers.length >= 8 && (words < HARDLY_ANY_WORDS || (texts.length >= 6 && interrupted / texts.length >= 0.6));
  if (!isList) return undefined;
  const reasons = [
    `${teasers.length} linked headings`,
    `${interrupted} of them between ${texts.length} blocks of text`,
  ];
  return { pageKind: isFrontPage(page.url) ? 'home' : 'listing', reasons };
}

function isTeaserHeading(block: Block): boolean {
  return block.role === 'heading' && block.text.length > 15 && block.linkChars > block.text.length * 0.7;
}

/** How many of the body's texts have a linked heading between themselves and the one before. */
function interruptions(blocks: Block[], texts: Block[]): number {
  const chosen = new Set(texts);
  let count = 0;
  let sawTeaser = false;
  for (const block of blocks) {
    if (isTeaserHeading(block)) sawTeaser = true;
    if (!chosen.has(block)) continue;
    if (sawTeaser) count++;
    sawTeaser = false;
  }
  return count;
}

function isFrontPage(url: string | undefined): boolean {
  return url !== undefined && /^[a-z]+:\/\/[^/]+\/?(?:index\.\w+|home\/?|[a-z]{2}\/?)?(?:[?#].*)?$/i.test(url);
}
