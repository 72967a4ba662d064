import { contentTypeOf, guessInput } from './guess-input.js';

describe('guessInput', () => {
  it.each([
    ['page.html', '<html>', 'article', 'text/html'],
    ['STORY.TXT', 'A story', 'article', 'text/plain'],
    ['saved-page', '<html>', 'article', undefined],
    ['robots.txt', 'User-agent: *', 'robots', 'text/plain'],
    ['crawl.warc.gz', '\x1f\x8b', 'warc', 'application/warc'],
    ['news.xml', '<?xml version="1.0"?><!-- <urlset> --><rss version="2.0">', 'feed', 'application/xml'],
    ['news.xml', '<?xml version="1.0"?><rdf:RDF xmlns="x">', 'feed', 'application/xml'],
    ['map.xml', '<urlset xmlns="x">', 'sitemap', 'application/xml'],
    ['wire.xml', '<nitf>', 'agency', 'application/xml'],
    ['page.xml', '<html xmlns="http://www.w3.org/1999/xhtml">', 'article', 'application/xml'],
    ['feed.json', '{"version":"https://jsonfeed.org/version/1.1"}', 'feed', 'application/json'],
    ['letter.eml', 'From: a', 'mail', 'message/rfc822'],
    ['item.json', '{"uri":"tag:wire.example,2026:1"}', 'agency', 'application/json'],
  ])('%s that starts with %j is read as %s', (name, head, as, contentType) => {
    expect(guessInput(name, Buffer.from(head))).toEqual({ as, contentType });
  });
});

describe('contentTypeOf', () => {
  it('goes by the ending alone', () => {
    expect(contentTypeOf('a/b.htm')).toBe('text/html');
    expect(contentTypeOf('a.b/c')).toBeUndefined();
  });
});
