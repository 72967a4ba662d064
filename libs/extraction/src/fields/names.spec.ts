import { describe, expect, it } from '@jest/globals';
import { bylineNames, nameBesideDate, shownByline, splitNames } from './names.js';

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

describe('splitNames', () => {
  it.each([
    ['Von Odo Lamm und Imke Farrow', ['Odo Lamm', 'Imke Farrow']],
    ['Odo Lamm Fr, 6. März 2026', ['Odo Lamm']],
    ['Imke Farrow - January 10, 2026', ['Imke Farrow']],
    ['Odo Lamm vor 3 Jahren', ['Odo Lamm']],
    ['Imke Farrow Chefredakteurin, ca. 5 Minuten', ['Imke Farrow']],
    ['Interview: Odo Lamm', ['Odo Lamm']],
    ['Autorin/Autor Odo Lamm', ['Odo Lamm']],
    ['Imke Farrow, Übersetzung Odo Lamm', ['Imke Farrow']],
    ['Imke Farrow, staff writer', ['Imke Farrow', 'staff writer']],
    ['Loïc Le Bris', ['Loïc Le Bris']],
    ['k4pt3n', ['k4pt3n']],
    ['Imke Farrow Alle Artikel', ['Imke Farrow']],
    ['All posts by Imke Farrow', []],
    ['No Author', []],
    ['facebook.com/imke.farrow', []],
    ['Publiziert am', []],
  ])('of %j are %j', (text, names) => {
    expect(splitNames(text)).toEqual(names);
  });
});

describe('bylineNames', () => {
  it.each([
    ['12. März 2026 // Autor: Odo Lamm // Lesezeit: 3 Minuten', ['Odo Lamm']],
    ['Datum: 12.03.2026 Autor: Odo Lamm Quelle: Seebote', ['Odo Lamm']],
    ['Posted by Odo Lamm under Harbours, Ferries', ['Odo Lamm']],
    ['ByO.P. Lamm', ['O.P. Lamm']],
    ['By Odo Lamm12 March 2026', ['Odo Lamm']],
    ['By Odo LammMarch 12, 2026', ['Odo Lamm']],
    ['بقلم ليلى الشاطئ', ['ليلى الشاطئ']],
    ['كتبت: ليلى الشاطئ', ['ليلى الشاطئ']],
    ['מאת דנה אורן', ['דנה אורן']],
    ['2026-03-12 来源：晚报 记者：顾岚汐、陶砚舟 字号：大', ['顾岚汐', '陶砚舟']],
    ['Erfolgs-Autorin Imke Farrow kommt in die Stadt', []],
    ['The ferry sails again', []],
  ])('of %j are %j', (line, names) => {
    expect(bylineNames(line).map(({ name }) => name)).toEqual(names);
  });
});

describe('nameBesideDate', () => {
  it.each([
    ['11.12.2026 - Imke Farrow', ['Imke Farrow']],
    ['04.02.2026 | 13:10 Uhr | Odo van der Lamm', ['Odo van der Lamm']],
    ['Seestadt | 4 February 2026', []],
    ['4 February 2026', []],
    ['Imke Farrow | Odo Lamm', []],
  ])('of %j are %j', (line, names) => {
    expect(nameBesideDate(line).map(({ name }) => name)).toEqual(names);
  });
});
