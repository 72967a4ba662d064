import { escapeHtml } from './escape-html.js';

describe('escapeHtml', () => {
  it('leaves no text able to open a tag, end an attribute or be taken for a character reference', () => {
    expect(escapeHtml('<b title="x">Fish & chips</b> &lt; it’s')).toBe(
      '&lt;b title=&quot;x&quot;&gt;Fish &amp; chips&lt;/b&gt; &amp;lt; it’s',
    );
  });
});
