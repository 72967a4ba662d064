import { describe, expect, it } from '@jest/globals';
import { decodeBytes } from './decode-bytes.js';
import { repairText } from './repair-text.js';
import { decodeWindows1252 } from './windows-1252.js';

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('decodeBytes', () => {
  it('takes the byte order mark before all labels', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<a>æ</a>', 'utf16le')]);
    expect(decodeBytes(bytes, { contentType: 'text/xml; charset=utf-8' })).toBe('<a>æ</a>');
  });

  it('takes the header before the declaration', () => {
    const bytes = latin('<?xml version="1.0" encoding="utf-8"?><a>\xe6</a>');
    expect(decodeBytes(bytes, { contentType: 'text/xml; charset="iso-8859-1"' })).toContain('<a>æ</a>');
  });

  it('takes the declaration where the header names no charset', () => {
    const bytes = latin("<?xml version='1.0' encoding='windows-1251'?><a>\xcf\xe0\xf0\xee\xec</a>");
    expect(decodeBytes(bytes, { contentType: 'application/xml' })).toContain('<a>Паром</a>');
  });

  it('passes over a label the bytes contradict', () => {
    expect(decodeBytes(latin('<a>caf\xe9 \x93fin\x94</a>'), { contentType: 'text/xml; charset=utf-8' })).toBe(
      '<a>café “fin”</a>',
    );
  });

  it('tells UTF-16 without a mark by its first bytes', () => {
    expect(decodeBytes(Buffer.from('<a>æ</a>', 'utf16le'))).toBe('<a>æ</a>');
  });

  it('does not give up UTF-8 for one stray byte', () => {
    const bytes = Buffer.concat([Buffer.from('æøå æøå æøå '), Buffer.from([0xff])]);
    expect(decodeBytes(bytes)).toBe('æøå æøå æøå \ufffd');
  });
});

describe('repairText', () => {
  it('decodes UTF-8 that was encoded twice', () => {
    expect(repairText('the mayorâ€™s cafÃ©')).toBe('the mayor’s café');
  });

  it('reads C1 controls as windows-1252', () => {
    expect(repairText('don\x92t')).toBe('don’t');
  });

  it('drops control characters', () => {
    expect(repairText('fog\0 and\x1b[2J fish\n')).toBe('fog and[2J fish\n');
  });

  it('leaves sound text alone', () => {
    expect(repairText('Ã is a letter; “quotes” € 5')).toBe('Ã is a letter; “quotes” € 5');
  });

  it.each(['Le café\xa0… et après', 'Qualité\xa0– prix', 'CAFÉ\xa0: le prix monte', 'VU À LA TÉLÉ»', 'Menü…\xa0'])(
    'does not take the marks behind a word for the rest of a letter: %s',
    (text) => expect(repairText(text)).toBe(text),
  );

  it.each(['Прилив', 'Έλα', 'שלום', '東京の', '😀', 'à côté', 'Ça va – déjà'])('decodes %s, encoded twice', (text) => {
    const twice = decodeWindows1252(Buffer.from(text));
    expect(repairText(twice)).toBe(text);
  });
});
