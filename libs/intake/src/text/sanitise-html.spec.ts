import { describe, expect, it } from '@jest/globals';
import { htmlToText } from './html.js';
import { sanitiseHtml } from './sanitise-html.js';

describe('sanitiseHtml', () => {
  it('keeps the markup of an article and resolves its addresses', () => {
    const html = '<p>Ferry <a href="../map">map</a> of <b>Orle</b><br><img src="/m.png" alt="a &amp; b"></p>';
    expect(sanitiseHtml(html, 'https://orle.example/news/1')).toBe(
      '<p>Ferry <a href="https://orle.example/map">map</a> of <b>Orle</b><br />' +
        '<img src="https://orle.example/m.png" alt="a &amp; b" /></p>',
    );
  });

  it('closes what is left open', () => {
    expect(sanitiseHtml('<p>one<p><i>two')).toBe('<p>one</p><p><i>two</i></p>');
  });

  it('resolves and filters the candidates of a srcset', () => {
    const html = '<img srcset="a.jpg 1x, /b,c.jpg 640w, javascript:x 2x">';
    expect(sanitiseHtml(html, 'https://orle.example/n/')).toBe(
      '<img srcset="https://orle.example/n/a.jpg 1x, https://orle.example/b,c.jpg 640w" />',
    );
  });

  it.each([
    ['<script>bad()</script>fine', 'fine'],
    ['<scr<script>ipt>bad()</script>fine', 'ipt&gt;bad()fine'],
    ['<img src=x onerror=bad()>', '<img src="x" />'],
    ['<a href="java&#9;script:bad()">x</a>', '<a>x</a>'],
    ['<a href=" &#1;JavaScript:bad()">x</a>', '<a>x</a>'],
    ['<a href="data:text/html,bad">x</a>', '<a>x</a>'],
    ['<p style="background:url(javascript:bad())">x</p>', '<p>x</p>'],
    ['<iframe src="https://x.example/"></iframe>after', 'after'],
    ['<xmp><script>bad()</script></xmp>', '&lt;script&gt;bad()&lt;/script&gt;'],
    ['<svg><style><img src=x onerror=bad()></style></svg>', '<svg xmlns="http://www.w3.org/2000/svg"></svg>'],
    [
      '<svg><title><b>t</b></title><script>bad()</script><animate onbegin=bad()></svg>',
      '<svg xmlns="http://www.w3.org/2000/svg"><title>&lt;b&gt;t&lt;/b&gt;</title></svg>',
    ],
    [
      '<svg onload=bad()><a xlink:href="javascript:bad()"><circle r=1 /></a></svg>',
      '<svg xmlns="http://www.w3.org/2000/svg"><a><circle r="1"></circle></a></svg>',
    ],
    [
      '<svg><foreignObject><iframe src="javascript:bad()"></foreignObject></svg>x',
      '<svg xmlns="http://www.w3.org/2000/svg"></svg>x',
    ],
    [
      '<math><mtext><table><mglyph><style><img src=x onerror=bad()>',
      '<math xmlns="http://www.w3.org/1998/Math/MathML"><mtext></mtext></math>',
    ],
    ['<form action="/x"><input name=a><button>go</button></form>', 'go'],
    ['<b title="&quot;><script>bad()</script>">x</b>', '<b title="&quot;&gt;&lt;script&gt;bad()&lt;/script&gt;">x</b>'],
    ['a <!-- <b>hidden</b> --> c', 'a  c'],
    ['cut <!-- off > here', 'cut  here'],
    ['1 < 2 && 3 > 2', '1 &lt; 2 &amp;&amp; 3 &gt; 2'],
  ])('makes %s harmless', (html, safe) => {
    expect(sanitiseHtml(html)).toBe(safe);
  });

  it('gives the same when it is applied again', () => {
    const html = '<p>a &lt;b&gt; <a href="/x?a=1&amp;b=2" title="q &quot;">l</a> &amp;amp; <ul><li>1<li>2</ul>';
    const once = sanitiseHtml(html, 'https://orle.example/');
    expect(sanitiseHtml(once, 'https://orle.example/')).toBe(once);
  });

  it('reduces markup that is nested without end to its words', () => {
    expect(sanitiseHtml(`${'<div>'.repeat(2000)}deep &lt;`)).toBe('deep &lt;');
  });
});

describe('htmlToText', () => {
  it.each([
    ['Mayor &amp; council: &quot;no&quot; ', 'Mayor & council: "no"'],
    ['<p>one</p><p>two</p>', 'one two'],
    ['<b>H</b>arbour<br>news', 'Harbour news'],
    ['a<script>bad()</script>b', 'ab'],
    ['1 < 2', '1 < 2'],
    ['plain\n\ttext', 'plain text'],
  ])('reads %s', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });
});
