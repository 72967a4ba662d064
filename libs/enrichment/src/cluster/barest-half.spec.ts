import { coverOfBarestHalf } from './barest-half.js';
import { type TextSignature, signatureOf } from './signature.js';

/** So many words that no other call with another name gives. */
function words(name: string, count: number): string {
  return Array.from({ length: count }, (_, at) => `${name}${at}`).join(' ');
}

function coverOf(a: string, b: string): number | undefined {
  return coverOfBarestHalf(signatureOf(a), signatureOf(b));
}

describe('coverOfBarestHalf', () => {
  const boilerplate = words('about', 45);

  it.each([
    ['below', `${words('ferry', 60)} ${boilerplate}`, `${words('owl', 60)} ${boilerplate}`],
    ['above', `${boilerplate} ${words('ferry', 60)}`, `${boilerplate} ${words('owl', 60)}`],
    [
      'around',
      `${words('top', 20)} ${words('ferry', 60)} ${words('foot', 25)}`,
      `${words('top', 20)} ${words('owl', 60)} ${words('foot', 25)}`,
    ],
  ])('finds a bare half in both of two stories with the same words %s', (_, ferry, owl) => {
    expect(coverOf(ferry, owl)).toBe(0);
  });

  it.each([
    ['cut at its end', words('ferry', 40)],
    ['cut at its start', words('ferry', 120).split(' ').slice(80).join(' ')],
    ['with text before and behind', `${words('lead', 40)} ${words('ferry', 120)} ${words('end', 90)}`],
  ])('finds none in a copy %s', (_, copy) => {
    expect(coverOf(words('ferry', 120), copy)).toBe(1);
  });

  it('finds a part in a copy whose halves both have a part of the words', () => {
    const original = words('ferry', 120).split(' ');
    const kept = original.map((word, at) => (at % 10 < 5 ? word : `other${at}`)).join(' ');
    expect(coverOf(original.join(' '), kept)).toBeGreaterThan(0.15);
    expect(coverOf(original.join(' '), kept)).toBeLessThan(0.6);
  });

  it('is the same whichever is asked about the other', () => {
    const [long, short] = [words('ferry', 120), `${words('ferry', 50)} ${words('owl', 40)}`];
    expect(coverOf(long, short)).toBe(coverOf(short, long));
  });

  it('is not known for a text that does not say where its words stand', () => {
    const { hashes, shingles, digest } = signatureOf(boilerplate);
    const earlier: TextSignature = { hashes, shingles, digest };
    expect(coverOfBarestHalf(earlier, signatureOf(boilerplate))).toBeUndefined();
    expect(coverOfBarestHalf(signatureOf(boilerplate), earlier)).toBeUndefined();
  });
});
