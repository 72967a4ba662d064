import { describe, expect, it } from '@jest/globals';
import { ExtractionError } from '../extraction-error.js';
import { decodeOriginal } from './decode-original.js';

/** Bytes of a text in a single-byte encoding, by looking each character up in the decoder's own table. */
function encodeAs(charset: string, text: string): Uint8Array {
  const decoder = new TextDecoder(charset);
  const byChar = new Map<string, number>();
  for (let byte = 255; byte >= 0; byte--) byChar.set(decoder.decode(Uint8Array.of(byte)), byte);
  return Uint8Array.from(text, (char) => byChar.get(char) ?? 63);
}

const RUSSIAN = 'Паром вернётся на остров через девять лет, решил совет порта в четверг вечером.';
const GERMAN = 'Die Fähre fährt über die Bucht, zum Ärger der Möwen und zur Freude der Schüler.';

describe('decodeOriginal', () => {
  it('believes a byte order mark before everything else', () => {
    const bytes = Uint8Array.of(0xff, 0xfe, ...Buffer.from('Fähre', 'utf16le'));
    expect(decodeOriginal(bytes, 'text/html; charset=windows-1252')).toEqual({ text: 'Fähre', charset: 'utf-16le' });
  });

  it('believes the content type before the meta tag', () => {
    const bytes = encodeAs('koi8-r', `<meta charset="windows-1251">${RUSSIAN}`);
    expect(decodeOriginal(bytes, 'text/html; charset=KOI8-R').text).toContain(RUSSIAN);
  });

  it('reads the meta tag, in either form', () => {
    const short = encodeAs('windows-1251', `<meta charset=windows-1251><p>${RUSSIAN}`);
    const long = encodeAs(
      'windows-1251',
      `<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>${RUSSIAN}`,
    );
    expect(decodeOriginal(short).text).toContain(RUSSIAN);
    expect(decodeOriginal(long).text).toContain(RUSSIAN);
  });

  it('does not let a wrong declaration break UTF-8', () => {
    const bytes = new TextEncoder().encode(`<meta charset="iso-8859-15"><p>${GERMAN}`);
    expect(decodeOriginal(bytes)).toMatchObject({ charset: 'utf-8', text: expect.stringContaining(GERMAN) });
  });

  it.each([
    ['windows-1251', RUSSIAN],
    ['koi8-r', RUSSIAN],
    ['windows-1253', 'Το πλοίο θα επιστρέψει στο νησί μετά από εννέα χρόνια, αποφάσισε το λιμάνι.'],
    ['windows-1256', 'ستعود العبارة إلى الجزيرة بعد تسع سنوات كما قرر مجلس الميناء مساء الخميس'],
    ['windows-1255', 'המעבורת תחזור אל האי אחרי תשע שנים, כך החליטה מועצת הנמל ביום חמישי בערב'],
  ])('guesses %s from the letters', (charset, text) => {
    expect(decodeOriginal(encodeAs(charset, text))).toEqual({ charset, text });
  });

  it('guesses Shift_JIS and EUC-KR', () => {
    const shiftJis = Uint8Array.of(
      0x93,
      0xfa,
      0x96,
      0x7b,
      0x8c,
      0xea,
      0x82,
      0xcc,
      0x83,
      0x65,
      0x83,
      0x4c,
      0x83,
      0x58,
      0x83,
      0x67,
    );
    const eucKr = Uint8Array.of(
      0xc7,
      0xd1,
      0xb1,
      0xb9,
      0xbe,
      0xee,
      0x20,
      0xb1,
      0xdb,
      0xc0,
      0xd4,
      0xb4,
      0xcf,
      0xb4,
      0xd9,
    );
    expect(decodeOriginal(shiftJis).text).toBe('日本語のテキスト');
    expect(decodeOriginal(eucKr).text).toBe('한국어 글입니다');
  });

  it('reads the quotation marks and dashes of windows-1252', () => {
    const bytes = Uint8Array.of(0x93, 0x41, 0x94, 0x20, 0x97, 0x20, 0x80);
    expect(decodeOriginal(bytes, 'text/plain; charset=iso-8859-1').text).toBe('“A” — €');
  });

  it('finds UTF-16 that has no mark', () => {
    expect(decodeOriginal(new Uint8Array(Buffer.from('<p>plain text</p>', 'utf16le')))).toMatchObject({
      charset: 'utf-16le',
    });
  });

  it.each([
    ['a picture', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
    ['an archive', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0, 0)],
    ['control bytes', Uint8Array.from({ length: 200 }, (_value, i) => i % 8)],
  ])('refuses %s', (_name, bytes) => {
    expect(() => decodeOriginal(bytes)).toThrow(ExtractionError);
  });
});
