import 'reflect-metadata';
import { type PreviewAnswer, type PreviewArticle, previewItem } from './preview-item.js';
import type { PreviewLine } from './preview-line.js';

const PAGE = `<html lang="en"><head><title>Ferry late again - Skerry Courier</title></head><body><article>
<h1>Ferry late again</h1>
<p>The morning boat from Skerry to Port Calder left forty minutes late on Tuesday, the third delay in a week.</p>
<p>“We were told nothing,” said Odile Renwick, who waited on the quay with two hundred others in the rain.</p>
</article></body></html>`;

const line = (body: string, fields: Partial<PreviewLine> = {}): PreviewLine => ({
  id: 'x',
  as: 'article',
  contentType: 'text/html; charset=utf-8',
  bodyBase64: Buffer.from(body).toString('base64'),
  ...fields,
});

const articleOf = (answer: PreviewAnswer): PreviewArticle => (answer as { article: PreviewArticle }).article;

describe('previewItem', () => {
  it('answers a page with its article, flat', async () => {
    const { answer, signature } = await previewItem(line(PAGE));
    const article = articleOf(answer);
    expect(answer).toMatchObject({ id: 'x', ok: true, kind: 'article' });
    expect(article.title).toBe('Ferry late again');
    expect(article.body).toBe(article.paragraphs.join('\n\n'));
    expect(article.paragraphRoles).toHaveLength(article.paragraphs.length);
    expect(signature?.shingles).toBeGreaterThan(0);
  });

  it('keeps a body as it is, so that offsets count in what was sent', async () => {
    const text = '\uFEFFA first line.\r\n\r\nCafe\u0301 “Yes,” said Ann Berg.\n';
    const { answer } = await previewItem(line(text, { as: 'body', contentType: 'text/plain; charset=utf-8' }));
    expect(articleOf(answer).body).toBe(text);
  });

  it('hands the other kinds to the intake library', async () => {
    const robots = line('User-agent: *\nDisallow: /private', {
      as: 'robots',
      query: { userAgent: 'wireroom', url: 'https://paper.example/private/1' },
    });
    expect((await previewItem(robots)).answer).toEqual({ id: 'x', ok: true, kind: 'robots', allowed: false });
  });

  it('refuses a kind that does not exist', async () => {
    await expect(previewItem(line('', { as: 'novel' }))).rejects.toMatchObject({ code: 'bad-line' });
  });

  it('lets the codes of the extraction through', async () => {
    await expect(previewItem(line(''))).rejects.toMatchObject({ code: 'empty' });
  });
});
