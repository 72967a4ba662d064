import { shareOfFigures } from './figures.js';
import { signatureOf } from './signature.js';

function shareOf(a: string, b: string): number | undefined {
  return shareOfFigures(signatureOf(a), signatureOf(b));
}

function numbers(from: number, count: number): string {
  return Array.from({ length: count }, (_, at) => `${from + at} boats`).join(', ');
}

describe('shareOfFigures', () => {
  it('tells other news in the same form', () => {
    const quake = (strength: string, distance: number, time: string, depth: number): string =>
      `A quake of ${strength} shook the sea floor ${distance} kilometres off Tarn at ${time}, ${depth} kilometres down.`;
    expect(shareOf(quake('4.9', 62, '3.14', 18), quake('5.6', 140, '11.47', 35))).toBe(0);
    expect(shareOf(quake('4.9', 62, '3.14', 18), quake('5.1', 62, '3.14', 18))).toBe(0.75);
  });

  it('is that of the text with fewer, in whatever order they are asked about', () => {
    const [long, cut] = [numbers(10, 20), numbers(15, 5)];
    expect(shareOf(long, cut)).toBe(1);
    expect(shareOf(cut, `${numbers(15, 4)}, 900 boats, 901 boats`)).toBe(0.8);
    expect(shareOf(`${numbers(15, 4)}, 900 boats, 901 boats`, cut)).toBe(0.8);
  });

  it('is told by a sample where a text has many', () => {
    const table = numbers(1000, 400);
    expect(signatureOf(table).figures).toHaveLength(32);
    expect(shareOf(table, numbers(1000, 200))).toBe(1);
    expect(shareOf(table, numbers(2000, 400))).toBeLessThan(0.2);
  });

  it('is not told by three figures, nor by a signature without', () => {
    expect(shareOf(numbers(1, 3), numbers(1, 9))).toBeUndefined();
    const { figures, ...earlier } = signatureOf(numbers(1, 9));
    expect(figures).toHaveLength(9);
    expect(shareOfFigures(earlier, signatureOf(numbers(1, 9)))).toBeUndefined();
  });
});
