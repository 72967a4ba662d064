import { describe, expect, it } from '@jest/globals';
import { addressKey, namesOf } from './item-names.js';

const PAGE = 'https://harbour.example/news/ferry-is-back';

describe('addressKey', () => {
  it.each([
    'http://harbour.example/news/ferry-is-back',
    'https://www.harbour.example/news/ferry-is-back/',
    'https://m.harbour.example/news/ferry-is-back',
    'https://amp.harbour.example/news/ferry-is-back#top',
    `${PAGE}/amp`,
    `${PAGE}/amp/`,
    `${PAGE}.amp`,
    'https://harbour.example/amp/news/ferry-is-back',
    `${PAGE}?amp`,
    `${PAGE}?amp=1&utm_source=feed&fbclid=abc`,
    `${PAGE}?outputType=amp`,
    `${PAGE}?ref=rss`,
    'https://harbour-example.cdn.ampproject.org/c/s/harbour.example/news/ferry-is-back/amp',
    'https://www.google.com/amp/s/www.harbour.example/news/ferry-is-back',
    `  ${PAGE}  `,
  ])('given %s, then it is the page', (address) => expect(addressKey(address)).toBe(addressKey(PAGE)));

  it.each([
    `${PAGE}?id=7`,
    `${PAGE}?source=agency`,
    `${PAGE}?ref=42`,
    `${PAGE}-2`,
    'https://sport.harbour.example/news/ferry-is-back',
    'https://harbour.example/news/amplifier/ferry-is-back',
    'https://harbour.example:8443/news/ferry-is-back',
  ])('given %s, then it is another page', (address) => expect(addressKey(address)).not.toBe(addressKey(PAGE)));

  it('given parameters in another order, then it is the same page', () => {
    expect(addressKey(`${PAGE}?b=2&a=1`)).toBe(addressKey(`${PAGE}?a=1&b=2`));
  });

  it('given what is no address, then it stands for itself', () => {
    expect(addressKey(' no address ')).toBe('no address');
    expect(addressKey('https://www.com/a')).toBe('https://www.com/a');
  });
});

describe('namesOf', () => {
  it('given an id and addresses that are one page, then there are two names, the id first', () => {
    const names = namesOf({ ownId: 'hn-7', addresses: [PAGE, `${PAGE}/amp`] });
    expect([...names.values()]).toEqual(['hn-7', PAGE]);
  });
});
