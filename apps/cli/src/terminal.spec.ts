import { printable, shorten } from './terminal.js';

describe('printable', () => {
  it('takes the power to steer the terminal out of a text', () => {
    expect(printable('a\u001b[2Jb\u009b1mc\u202ed')).toBe('a\uFFFD[2Jb\uFFFD1mc\uFFFDd');
  });

  it('leaves tabs, line breaks and all scripts', () => {
    expect(printable('a\tb\nŁódź 东京 مرحبا')).toBe('a\tb\nŁódź 东京 مرحبا');
  });
});

describe('shorten', () => {
  it('gives one line of at most the length, never half a character', () => {
    expect(shorten('one\n  two ', 10)).toBe('one two');
    expect(shorten('😀😀😀😀', 5)).toBe('😀😀…');
  });

  it('counts what a terminal shows: two columns for East Asian characters, none for marks', () => {
    expect(shorten('东京新闻', 8)).toBe('东京新闻');
    expect(shorten('东京新闻', 7)).toBe('东京新…');
    expect(shorten('東京news', 6)).toBe('東京n…');
    expect(shorten('حَرْب', 3)).toBe('حَرْب');
  });
});
