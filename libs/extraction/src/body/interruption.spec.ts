import { describe, expect, it } from '@jest/globals';
import { readPage } from '../page.js';
import { interruptionIn } from './interruption.js';

function interruptionOf(html: string): string | undefined {
  const [block] = readPage(`<body><p>${html}</p>`, undefined).blocks;
  return interruptionIn(block!);
}

describe('interruptionIn', () => {
  it.each([
    ['Read more: <a href="/a">The ferry is late again</a>', 'points to another story'],
    ['(Le puede interesar: <a href="/a">El ferry llega tarde</a>)', 'points to another story'],
    ['LES OGSÅ: <a href="/a">Ferjen er sen igjen</a>', 'points to another story'],
    ['<a href="/a">▶ The ferry is late again</a>', 'points to another story'],
    ['*** Werbung ***', 'is the label of an advertisement'],
    ['広告', 'is the label of an advertisement'],
    ['Subscribe to our newsletter <a href="/n">here</a>.', 'calls to subscribe or follow'],
    ['Подписывайтесь на наш канал в Telegram', 'calls to subscribe or follow'],
  ])('of %s: %s', (html, reason) => {
    expect(interruptionOf(html)).toBe(reason);
  });

  it.each([
    'Read more: nobody in Seestadt did, said the librarian.',
    'Related: the <a href="/a">council</a> will talk about the fares on Monday, and not before.',
    'Werbung, he said, is all that the town can pay for.',
    'Readers who subscribe to the newsletter of the harbour knew it on Friday.',
    '<a href="/a">»Die Fähre«</a> ist verspätet.',
    'Subscribers to the harbour company get two shares.',
  ])('leaves %s', (html) => {
    expect(interruptionOf(html)).toBeUndefined();
  });
});
