import type { LanguageData } from '@wireroom/contracts';
import { loadModule } from 'cld3-asm';
import * as fastTextPackage from 'fasttext.wasm.js';
import { LANGUAGES_WITH_STOPWORDS, stopwords } from '../text/stopwords.js';
import { tellSouthSlavic } from './south-slavic.js';

/*
 * Two identifiers vote: fastText's lid.176 (words and character n-grams, 176 languages) and CLD3
 * (a small network over character n-grams, 107 languages). They fail on different texts, so the sum
 * of their beliefs is right more often than either. Bosnian, Croatian and Serbian in Latin script,
 * which both take for one another, are told apart by their own spellings and words. Where both doubt, as with a headline
 * of five words, function words and letters of one language have a say.
 */

const fastText = await loadFastText();
/** Compiling takes a tenth of a second, and many times that where all cores are taken. */
const LOAD_MS = 60_000;
const cld3 = (await loadModule({ timeout: LOAD_MS })).create(0, 2000);

const FASTTEXT_CANDIDATES = 5;
const CLD3_WEIGHT = 0.7;
// Below this sum of beliefs both identifiers are guessing.
const DOUBT = 0.85;
const FEWEST_FUNCTION_WORDS = 2;
// No Japanese text of this many ideographs does without a syllable of its own script.
const IDEOGRAPHS_WITHOUT_KANA = 12;
// Letters that one written language alone has; a foreign name may bring one along, so they count only in doubt.
const OWN_LETTERS: [RegExp, string][] = [
  [/[țș]/iu, 'ro'],
  [/[őű]/iu, 'hu'],
  [/ł/iu, 'pl'],
  [/[řů]/iu, 'cs'],
  [/[ľĺŕ]/iu, 'sk'],
  [/[ėųį]/iu, 'lt'],
  [/[ķļņ]/iu, 'lv'],
  [/[їґ]/iu, 'uk'],
  [/ў/iu, 'be'],
  [/[ђћ]/iu, 'sh'],
];
const OWN_LETTER_BELIEF = 0.5;
const LONGEST_INPUT = 2000;
const UNDETERMINED: LanguageData = { code: 'und', confidence: 0 };

// The identifiers' own codes where they are not the ISO 639 code of the written language.
const ISO_CODES: Record<string, string> = { no: 'nb', iw: 'he', jw: 'jv', in: 'id', fil: 'tl' };
const SOUTH_SLAVIC = new Set(['hr', 'sr', 'bs', 'sh']);

/**
 * The language of a passage where it clearly isn't `main`, undefined where it may well be. Cheaper
 * than a full identification: the second identifier is asked only where the first one doubts.
 */
export function otherLanguage(passage: string, main: string): LanguageData | undefined {
  if (main === 'en' && isClearlyEnglish(passage)) return undefined;
  const [first] = askFastText(clean(passage), 1);
  const isMain = !first || first[0] === main || (first[0] === 'sh' && SOUTH_SLAVIC.has(main));
  if (isMain) return undefined;
  const language = identifyLanguage(passage);
  return language.code === main || language.code === 'und' ? undefined : language;
}

/** The language of a text as ISO 639-1 (639-3 where there is none), `und` with confidence 0 for a text without letters. */
export function identifyLanguage(text: string): LanguageData {
  const sample = clean(text);
  if (!/\p{L}{2}/u.test(sample)) return UNDETERMINED;

  const beliefs = new Map<string, number>();
  const add = (code: string, belief: number) => beliefs.set(code, (beliefs.get(code) ?? 0) + belief);
  for (const [code, belief] of askFastText(sample)) add(code, belief);
  for (const [code, belief] of askCld3(sample)) add(withinMalay(code, beliefs), belief * CLD3_WEIGHT);

  if (isChinese(sample)) beliefs.delete('ja');
  if (Math.max(...beliefs.values()) < DOUBT) {
    for (const [code, share] of functionWordShares(sample)) add(code, share);
    for (const [letters, code] of OWN_LETTERS) if (letters.test(sample)) add(code, OWN_LETTER_BELIEF);
  }

  const [best] = [...beliefs].sort((a, b) => b[1] - a[1]);
  if (!best) return UNDETERMINED;
  const [code, belief] = best;
  const confidence = Math.round(Math.min(1, belief / (1 + CLD3_WEIGHT)) * 1000) / 1000;
  return { code: code === 'sh' ? tellSouthSlavic(sample) : code, confidence };
}

/** By its function words; of the languages that share some with English, Catalan comes closest, with up to 0.47. */
function isClearlyEnglish(passage: string): boolean {
  const words = passage.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const known = stopwords('en');
  return words.filter((word) => known.has(word)).length > words.length / 2;
}

function isChinese(sample: string): boolean {
  const ideographs = sample.match(/\p{sc=Han}/gu)?.length ?? 0;
  return ideographs >= IDEOGRAPHS_WITHOUT_KANA && !/[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(sample);
}

/** By language, the share of the words that are its function words; languages with hardly any are left out. */
function functionWordShares(sample: string): [string, number][] {
  const words = sample.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  return LANGUAGES_WITH_STOPWORDS.flatMap((language): [string, number][] => {
    const known = stopwords(language);
    const count = words.filter((word) => known.has(word)).length;
    return count < FEWEST_FUNCTION_WORDS ? [] : [[isoCode(language), count / words.length]];
  });
}

function clean(text: string): string {
  return text
    .slice(0, LONGEST_INPUT)
    .replace(/https?:\S+|[@#]\S+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function askFastText(sample: string, candidates = FASTTEXT_CANDIDATES): [string, number][] {
  const answers = fastText.predict(sample, candidates, 0);
  const read = Array.from({ length: answers.size() }, (_, rank): [string, number] => {
    const [belief, label] = answers.get(rank);
    return [isoCode(label.replace('__label__', '')), belief];
  });
  // The answers live in WebAssembly memory, which nobody else frees.
  answers.delete();
  return read;
}

function askCld3(sample: string): [string, number][] {
  const { language, probability } = cld3.findLanguage(sample);
  const code = isoCode(language);
  return code === UNDETERMINED.code ? [] : [[code, probability]];
}

/** CLD3 takes Indonesian and Malay for one another, so fastText decides between the two. */
function withinMalay(code: string, beliefs: ReadonlyMap<string, number>): string {
  if (code !== 'id' && code !== 'ms') return code;
  const indonesian = beliefs.get('id') ?? 0;
  const malay = beliefs.get('ms') ?? 0;
  if (indonesian === malay) return code;
  return indonesian > malay ? 'id' : 'ms';
}

function isoCode(code: string): string {
  const base = code.split('-')[0] ?? code;
  if (SOUTH_SLAVIC.has(base)) return 'sh';
  return ISO_CODES[base] ?? base;
}

interface FastTextModel {
  predict(
    text: string,
    k: number,
    threshold: number,
  ): { size(): number; get(rank: number): [number, string]; delete(): void };
}

/** What is used of the package, whose own types don't resolve for an ECMAScript module. */
interface FastTextPackage {
  getLIDModel: () => Promise<{ load(): Promise<FastTextModel> }>;
}

async function loadFastText(): Promise<FastTextModel> {
  const { getLIDModel } = fastTextPackage as unknown as FastTextPackage;
  const identifier = await getLIDModel();
  return identifier.load();
}
