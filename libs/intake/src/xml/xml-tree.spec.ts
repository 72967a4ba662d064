import { describe, expect, it } from '@jest/globals';
import { IntakeError } from '../intake-error.js';
import { childAt, lineOf } from './find.js';
import { elementsOf, parseXml, textOf } from './xml-tree.js';

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof IntakeError ? error.code : 'no intake error';
  }
};

describe('parseXml', () => {
  it('knows namespaces by address, whatever the prefix', () => {
    const root = parseXml('<n:a xmlns:n="urn:one"><b xmlns="urn:two"/><c/><x:d/></n:a>');
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:one' });
    expect(root && elementsOf(root).map((child) => child.namespace)).toEqual(['urn:two', '', 'x:']);
  });

  it('hands language and base down and takes them back', () => {
    const root = parseXml('<a xml:lang="nb" xml:base="/d/"><b xml:base="e/" xml:lang=""/><c/></a>', {
      base: 'https://orle.example/',
    });
    expect(childAt(root, 'b')).toMatchObject({ lang: '', base: 'https://orle.example/d/e/' });
    expect(childAt(root, 'c')).toMatchObject({ lang: 'nb', base: 'https://orle.example/d/' });
  });

  it('ignores a base that would run', () => {
    expect(parseXml('<a xml:base="javascript:x"/>', { base: 'https://orle.example/' })?.base).toBe(
      'https://orle.example/',
    );
  });

  it('decodes XML, HTML, numbered and declared entities and leaves others', () => {
    const root = parseXml(
      '<!DOCTYPE a [<!ENTITY who "the &amp; mayor">]><a>&who; &eacute;&#233;&#x2014;&#146; &nope; &amp;lt;</a>',
    );
    expect(root && textOf(root)).toBe('the & mayor éé—’ &nope; &lt;');
  });

  it('never resolves external entities', () => {
    const root = parseXml('<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "x">]><a>&f;</a>');
    expect(root && textOf(root)).toBe('&f;');
  });

  it('bounds what declared entities expand to', () => {
    const levels = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
    const bomb = `<!DOCTYPE a [<!ENTITY l0 "ha">${levels}]><a>&l9;</a>`;
    expect(codeOf(() => parseXml(bomb))).toBe('entity-expansion');
    const wide = `<!DOCTYPE a [<!ENTITY w "${'x'.repeat(10_000)}">]><a>${'&w;'.repeat(1000)}</a>`;
    expect(codeOf(() => parseXml(wide))).toBe('entity-expansion');
  });

  it('bounds nesting', () => {
    expect(codeOf(() => parseXml('<a>'.repeat(100_000)))).toBe('too-deep');
  });

  it('reads on through mistakes', () => {
    const root = parseXml('junk <a><b>one<i>two</b></x><c d=e f>1 < 2 & 3</c></a> trailing');
    expect(lineOf(childAt(root, 'b'))).toBe('onetwo');
    expect(childAt(root, 'c')).toMatchObject({ attributes: { d: 'e', f: '' } });
    expect(lineOf(childAt(root, 'c'))).toBe('1 < 2 & 3');
  });

  it('says which elements the end of the document cut', () => {
    const root = parseXml('<a><b>whole</b><b>cu');
    expect(root?.complete).toBe(false);
    expect(root && elementsOf(root).map((child) => child.complete)).toEqual([true, false]);
  });

  it('takes names from outside for what they are', () => {
    const root = parseXml('<constructor:a __proto__="x" constructor="y"><toString:b/></constructor:a>');
    expect(root?.namespace).toBe('constructor:');
  });
});
