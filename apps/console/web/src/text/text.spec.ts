import { describe, expect, it } from '@jest/globals';
import { articleText } from './article-text.js';
import { fromBase64, hexDump, prettyJson, textOf, toBase64 } from './bytes.js';
import { harmless, harmlessLines } from './harmless.js';
import { bytes, count, counted, percent, rate, shortCount } from './numbers.js';
import { fromLocalField, periodOf, toLocalField } from './periods.js';
import { atPointer, shown } from './pointer.js';
import { clock, distance, duration, utc } from './times.js';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [0.004, '<0.01'],
    [0.125, '0.13'],
    [3.24, '3.2'],
    [41.4, '41'],
    [1204, '1,204'],
  ])('says a rate of %d as %s', (perSecond, words) => expect(rate(perSecond)).toBe(words));

  it.each([
    [0, '0 %'],
    [0.0004, '<0.1 %'],
    [0.5, '50 %'],
    [0.9996, '>99.9 %'],
    [1, '100 %'],
  ])('says a share of %d as %s', (share, words) => expect(percent(share)).toBe(words));

  it('never makes a figure of none', () => {
    for (const words of [rate(undefined), count(null), percent(undefined), bytes(undefined), duration(undefined)]) {
      expect(words).toBe('–');
    }
  });

  it('keeps a count whole where there is room', () => {
    expect([count(12480), shortCount(9999), shortCount(12480)]).toEqual(['12,480', '9,999', '12.5k']);
    expect([counted(1, 'item'), counted(1200, 'item'), counted(2, 'entry', 'entries')]).toEqual([
      '1 item',
      '1,200 items',
      '2 entries',
    ]);
  });

  it.each([
    [512, '512 B'],
    [4200, '4.2 kB'],
    [999_999, '1000 kB'],
    [2_000_000, '2.0 MB'],
  ])('says %d bytes as %s', (size, words) => expect(bytes(size)).toBe(words));
});

describe('times', () => {
  const now = Date.parse('2026-03-04T12:00:00.000Z');

  it.each([
    [340, '340 ms'],
    [4200, '4.2 s'],
    [42_000, '42 s'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [7_200_000, '2 h'],
    [273_600_000, '3 d 4 h'],
    [-5, '0 ms'],
  ])('says %d ms as %s', (ms, words) => expect(duration(ms)).toBe(words));

  it('says how long ago', () => {
    expect(distance('2026-03-04T11:59:48.000Z', now)).toBe('12 s ago');
    expect(distance('2026-03-04T12:03:00.000Z', now)).toBe('in 3 min');
    expect(distance('2026-03-04T11:59:59.900Z', now)).toBe('just now');
  });

  it('shows a moment in the viewer’s zone, with its day where that is another', () => {
    expect(clock('2026-03-04T11:30:00.000Z', now, 'Asia/Tokyo')).toBe('20:30:00');
    expect(clock('2026-03-04T15:30:00.000Z', now, 'Asia/Tokyo')).toBe('5 Mar, 00:30:00');
    expect(clock('2024-03-04T11:30:00.000Z', now, 'UTC')).toBe('4 Mar 2024, 11:30:00');
  });

  it('leaves what is no time as it is', () => {
    expect([clock('soon', now), utc('soon')]).toEqual(['soon', 'soon']);
    expect(utc('2026-03-04T11:30:00.120Z')).toBe('2026-03-04 11:30:00.120 UTC');
  });
});

describe('periods', () => {
  it('ends with the minute that is running', () => {
    expect(periodOf('1h', Date.parse('2026-03-04T12:00:20.000Z'))).toEqual({
      from: '2026-03-04T11:01:00.000Z',
      to: '2026-03-04T12:01:00.000Z',
    });
  });

  it('goes through a field of the platform and back', () => {
    const at = '2026-03-04T12:34:00.000Z';
    expect(fromLocalField(toLocalField(at))).toBe(at);
    expect([fromLocalField(''), toLocalField('')]).toEqual([undefined, '']);
  });
});

describe('harmless', () => {
  it('names what would turn or hide words', () => {
    expect(harmless('Tide \u202egnihton\u202c\u200b.')).toBe('Tide ⟨RLO⟩gnihton⟨PDF⟩⟨ZWSP⟩.');
    expect(harmless('a\u0007b\u001b[2J')).toBe('a⟨U+0007⟩b⟨ESC⟩[2J');
  });

  it('keeps scripts that are written from the right', () => {
    expect(harmless('שלום, سلام')).toBe('שלום, سلام');
  });

  it('makes one line of many, and cuts it between characters', () => {
    expect(harmless('a\nb\tc')).toBe('a b c');
    expect(harmless('ab🌊cd', 3)).toBe('ab…');
  });

  it('keeps the lines of a text', () => {
    expect(harmlessLines('a\n\tb\u2066')).toBe('a\n\tb⟨LRI⟩');
  });
});

describe('bytes', () => {
  it('goes through base64 and back, whatever the length', () => {
    const all = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256);
    expect(fromBase64(toBase64(all))).toEqual(all);
  });

  it('takes for text what is UTF-8 and nothing else', () => {
    expect(textOf(new TextEncoder().encode('Überfahrt'))).toBe('Überfahrt');
    expect(textOf(Uint8Array.of(0xff, 0xfe, 0x00))).toBeUndefined();
  });

  it('sets JSON out and leaves the rest', () => {
    expect(prettyJson('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(prettyJson('{"a":')).toBeUndefined();
  });

  it('dumps bytes, and says what it left out', () => {
    expect(hexDump(new TextEncoder().encode('tide\n'), 4)).toBe(
      `000000  74 69 64 65${' '.repeat(36)}  tide\n… 1 more bytes`,
    );
  });
});

describe('atPointer', () => {
  const document = { article: { paragraphs: [{ text: 'one' }], 'a/b': { '~': 2 } } };

  it.each([
    ['', document],
    ['/article/paragraphs/0/text', 'one'],
    ['/article/a~1b/~0', 2],
    ['/article/none/0', undefined],
    ['/article/constructor', undefined],
  ])('finds %j', (pointer, value) => expect(atPointer(document, pointer)).toEqual(value));

  it('shows a text as it is and the rest as JSON', () => {
    expect([shown('one'), shown(2), shown(undefined)]).toEqual(['one', '2', '']);
  });
});

describe('articleText', () => {
  it('names what stands above the body and the blocks that are no paragraphs', () => {
    const text = articleText({
      title: 'Ferry returns',
      authors: [{ name: 'Ada Quill', type: 'person' }],
      paragraphs: [
        { text: 'It came back.', role: 'paragraph' },
        { text: 'The tides', role: 'heading' },
      ],
      categories: [],
      tags: [],
      embeds: [],
      completeness: 'full',
      quality: { score: 1, reasons: [] },
    });
    expect(text).toBe(
      'headline: Ferry returns\nauthors: Ada Quill\ncompleteness: full\n\nIt came back.\n[heading] The tides\n',
    );
  });
});
