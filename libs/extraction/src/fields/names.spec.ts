import { describe, expect, it } from '@jest/globals';
import { shownByline } from './names.js';

describe('shownByline', () => {
  it.each([
    ['By Imke Farrow12 March 2026', 'By Imke Farrow'],
    ['By\n\t Imke Farrow | Updated Monday, March 16, 2026', 'By Imke Farrow'],
    ['Von Odo Lamm, Stand: 16. März 2026, Lesezeit 3 Min.', 'Von Odo Lamm'],
    ['By Imke Farrow, harbour correspondent · 3 min read', 'By Imke Farrow, harbour correspondent'],
    ['Par Odile Fennimore, publié le lundi 16 mars 2026 à 8h30', 'Par Odile Fennimore'],
    ['By Imke Farrow', 'By Imke Farrow'],
    ['By Imke Farrow and Odo Lamm (2026)', 'By Imke Farrow and Odo Lamm'],
    ['Unit 7 desk', 'Unit 7 desk'],
  ])('of %j is %j', (text, shown) => {
    expect(shownByline(text, ['Imke Farrow', 'Odo Lamm', 'Odile Fennimore', 'Unit 7 desk'])).toBe(shown);
  });
});
