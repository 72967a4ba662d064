import { decodeAs } from './encodings.js';

/** Enough text to tell an encoding, little enough to try a dozen. */
const SAMPLE = 16_384;

interface Candidate {
  charset: string;
  /** What the letters beyond ASCII of a text in this encoding look like. */
  typical: RegExp;
}

const LATIN = /[àâäåæçèéêëíîïñóôöøùúûüßœÀÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÙÚÛÜ’‘“”„–—…«»·€°§ ]/g;
const CENTRAL_EUROPEAN = /[ąćęłńóśźżáčďéěíňřšťúůýžőűäöüßĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽ’“”„–—… ]/g;
// Cyrillic, Greek and Hebrew encodings share their byte range: only the frequent letters tell them apart.
const CYRILLIC = /[оеаинтсрвл]/g;
const GREEK = /[αοιετσνηυρό]/g;
const TURKISH = /[çğıöşüÇĞİÖŞÜâîû’“”–… ]/g;
const ARABIC = /[اليمنتوبرهعدةس]/g;
const HEBREW = /[יוהלאתרמבשנ]/g;
const THAI = /[ก-ฺเ-๎]/g;
const JAPANESE = /[ぁ-んァ-ヶー、。]/g;
const CHINESE = /[的一是不了在人有我他这中大来上国和地要以时会年发对成部行员说新日月報國會來時這為，。]/g;
const KOREAN = /[가-힣]/g;

/** In the order in which ties are decided: encodings of several bytes first, since random bytes rarely fit them. */
const CANDIDATES: Candidate[] = [
  { charset: 'iso-2022-jp', typical: JAPANESE },
  { charset: 'euc-jp', typical: JAPANESE },
  { charset: 'shift_jis', typical: JAPANESE },
  { charset: 'euc-kr', typical: KOREAN },
  { charset: 'gb18030', typical: CHINESE },
  { charset: 'big5', typical: CHINESE },
  { charset: 'windows-1251', typical: CYRILLIC },
  { charset: 'koi8-r', typical: CYRILLIC },
  { charset: 'windows-1253', typical: GREEK },
  { charset: 'windows-1255', typical: HEBREW },
  { charset: 'windows-1256', typical: ARABIC },
  { charset: 'windows-874', typical: THAI },
  { charset: 'windows-1252', typical: LATIN },
  { charset: 'windows-1250', typical: CENTRAL_EUROPEAN },
  { charset: 'windows-1254', typical: TURKISH },
];

/** Scripts of few letters fill running text with them; the share of common Chinese characters is lower. */
const EXPECTED_SHARE = new Map<RegExp, number>([
  [CHINESE, 0.2],
  [JAPANESE, 0.45],
  [CYRILLIC, 0.65],
  [GREEK, 0.65],
  [ARABIC, 0.75],
  [HEBREW, 0.7],
  [LATIN, 0.9],
  [CENTRAL_EUROPEAN, 0.97],
  [TURKISH, 0.97],
]);

/**
 * Guesses the encoding of undeclared text that is not UTF-8: decodes a sample in each candidate and
 * takes the one whose letters beyond ASCII are typical of the languages written in it.
 */
export function guessLegacyCharset(bytes: Uint8Array): string | undefined {
  const sample = sampleAroundHighBytes(bytes);
  let best: { charset: string; score: number } | undefined;
  for (const { charset, typical } of CANDIDATES) {
    const score = plausibility(decodeAs(sample, charset).text, typical);
    if (score > (best?.score ?? 0.3)) best = { charset, score };
  }
  return best?.charset;
}

function plausibility(text: string, typical: RegExp): number {
  const beyondAscii = text.match(/[^\u0000-\u007f]/g)?.length ?? 0;
  if (beyondAscii === 0) return 0;
  const broken = text.match(/[\ufffd\u0080-\u009f\ue000-\uf8ff]/g)?.length ?? 0;
  const fitting = text.match(typical)?.length ?? 0;
  const share = fitting / beyondAscii / (EXPECTED_SHARE.get(typical) ?? 0.85);
  return Math.min(1, share) - (3 * broken) / beyondAscii;
}

/** Pages begin with ASCII markup: the sample starts where the letters do. */
function sampleAroundHighBytes(bytes: Uint8Array): Uint8Array {
  const high = bytes.findIndex((byte) => byte >= 0x80 || byte === 0x1b);
  const start = Math.max(0, (high < 0 ? 0 : high) - 1024);
  return bytes.subarray(start, start + SAMPLE * 4);
}
