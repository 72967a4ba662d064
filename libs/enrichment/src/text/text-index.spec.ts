import { TextIndex } from './text-index.js';
import { wordsOf } from './tokens.js';

describe('words of a text', () => {
  it.each([
    ['in order, with their places', 'The U.S. harbour-master’s log of 3.5 tonnes: log, log.', undefined],
    ['where one stands inside a longer one before it', 'Logbook log 3log log', ['Logbook', 'log', '3log', 'log']],
    ['of a script without spaces', '港口关闭。 The harbour closed.', undefined],
    ['of none', '… — !', []],
  ])('are found %s', (_, text, expected) => {
    const words = wordsOf(text);
    for (const { text: word, start, end } of words) expect(text.slice(start, end)).toBe(word);
    expect(words.map(({ start }) => start)).toEqual(words.map(({ start }) => start).sort((a, b) => a - b));
    if (expected) expect(words.map((word) => word.text)).toEqual(expected);
  });

  it.each([
    'The harbour closed. Dr. Holt said: “We wait.” Nobody did!\n\nTraders left at 3.30 p.m. for Norvik.',
    '港口关闭。 The harbour closed. 交易员离开了。',
    'One line\nand another. A third',
  ])('of each sentence are those of the sentence alone: %#', (body) => {
    const text = new TextIndex(body);
    for (const sentence of text.sentences) {
      const alone = wordsOf(text.slice(sentence)).map(({ text: word, start }) => [word, start + sentence.start]);
      expect(text.wordsIn(sentence).map(({ text: word, start }) => [word, start])).toEqual(alone);
    }
  });

  it.each([
    ['ST. ALBAN, Mo. (AP) — A man left. He ran.', 2],
    ['It opens at 6 a.m. On Saturday it closes.', 2],
    ['It opens at 6 a.m. Paris time.', 1],
  ])('are cut into sentences: %s', (body, count) => {
    expect(new TextIndex(body).sentences).toHaveLength(count);
  });
});
