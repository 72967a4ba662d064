import { BadLineError, idOfLine, parseLine } from './preview-line.js';

const line = (fields: object): string => JSON.stringify({ id: 'a', bodyBase64: 'aGk=', ...fields });

describe('parseLine', () => {
  it('reads an item, as an article where nothing else is said', () => {
    expect(parseLine(line({ url: 'https://paper.example/1', headers: { 'content-language': 'fr', age: 3 } }))).toEqual({
      id: 'a',
      as: 'article',
      url: 'https://paper.example/1',
      headers: { 'content-language': 'fr' },
      bodyBase64: 'aGk=',
    });
  });

  it('takes numbers as ids and null for an absent field', () => {
    expect(parseLine(line({ id: 0, contentType: null }))).toMatchObject({ id: 0, contentType: undefined });
  });

  it.each([
    ['no JSON', '{"id":', null],
    ['no object', '["a"]', null],
    ['no id', JSON.stringify({ bodyBase64: '' }), null],
    ['no body', JSON.stringify({ id: 'a' }), 'a'],
    ['a body that is not base64', line({ bodyBase64: 'a{b' }), 'a'],
    ['a field of another type', line({ contentType: 5 }), 'a'],
  ])('refuses %s and keeps the id', (_what, text, id) => {
    expect(() => parseLine(text)).toThrow(expect.objectContaining({ name: BadLineError.name, code: 'bad-line', id }));
    expect(idOfLine(text)).toBe(id);
  });
});
