import { readData } from '../data.js';
import { englishWord } from './english-words.js';
import { wordVector } from './word-vectors.js';

const dictionaries = Object.entries(readData<Record<string, Record<string, string>>>('data/english-words.json'));

describe('the English word for another', () => {
  it.each([
    ['disease', 'maladies', 'fr'],
    ['won', 'won', 'en'],
    ['university', 'université', 'fr'],
    ['earthquake', 'terremoto', 'es'],
    ['strike', 'greves', 'pt'],
    ['hospital', 'krankenhäuser', 'de'],
    ['hospital', 'ziekenhuis', 'nl'],
    ['education', 'educazione', 'it'],
  ])('%s is what %s means', (english, word, language) => {
    expect(englishWord(word, language)).toBe(english);
  });

  it.each([
    ['dans', 'fr'],
    ['universitet', 'sv'],
  ])('is none for %s', (word, language) => {
    expect(englishWord(word, language)).toBeUndefined();
  });

  it.each(dictionaries)('is one that has a vector, and one only for each word, in %s', (_, meanings) => {
    const words = Object.values(meanings).flatMap((list) => list.split(' '));
    expect(words.filter((word, at) => words.indexOf(word) < at)).toEqual([]);
    expect(words.filter((word) => !/^\p{Ll}{2,}$/u.test(word))).toEqual([]);
    expect(Object.keys(meanings).filter((english) => !wordVector(english))).toEqual([]);
  });
});
