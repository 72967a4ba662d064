import { WordPieces } from './word-pieces.js';

const VOCABULARY = [
  '[UNK]',
  '[CLS]',
  '[SEP]',
  'har',
  'harbour',
  '##bour',
  '##s',
  'cafe',
  '&',
  's',
  'p',
  "'",
  '##',
  'ol',
];

describe('WordPieces', () => {
  const pieces = new WordPieces(VOCABULARY);
  const cut = (word: string) => pieces.cut(word).map((number) => VOCABULARY[number]);

  it('takes the longest piece it knows, then goes on with what is left', () => {
    expect(cut('harbours')).toEqual(['harbour', '##s']);
  });

  it('reads lower case without accents', () => {
    expect(cut('Café')).toEqual(['cafe']);
  });

  it('lets marks stand alone', () => {
    expect(cut("S&P's")).toEqual(['s', '&', 'p', "'", 's']);
  });

  it('takes what it can not cut up for one unknown piece', () => {
    expect(cut('harz')).toEqual(['[UNK]']);
    expect(cut('h'.repeat(101))).toEqual(['[UNK]']);
    expect(cut('\u200b')).toEqual(['[UNK]']);
  });

  it('opens and closes a sequence', () => {
    expect([pieces.open, pieces.close]).toEqual([1, 2]);
  });

  it('refuses a vocabulary without the pieces that every sequence needs', () => {
    expect(() => new WordPieces(['[UNK]', '[CLS]'])).toThrow('the vocabulary has no [SEP]');
  });
});
