import { type IncomingHttpHeaders, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';

/** What the site answers at a path: a document, or a way to misbehave. */
export type Answer = Document | ((response: ServerResponse) => void);

export interface Document {
  type: string;
  body: string | Buffer;
  status?: number;
  /** How many of its bytes are sent before the server falls silent; all where it says nothing. */
  holdAt?: () => number | undefined;
}

export interface Visit {
  path: string;
  headers: IncomingHttpHeaders;
}

/** A publisher's site on this machine, whose pages a test can write, change and take away. */
export class FixtureSite {
  readonly visits: Visit[] = [];
  private readonly answers = new Map<string, Answer>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FixtureSite> {
    const server = createServer();
    const site = new FixtureSite(server);
    server.on('request', (request, response) => {
      site.visits.push({ path: request.url ?? '', headers: request.headers });
      site.answer(request.url ?? '', request.headers, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  /** Where it is, as an entry of FETCH_ALLOW too. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `http://${this.host}${path}`;
  }

  set(path: string, answer: Answer): void {
    this.answers.set(path, answer);
  }

  setPage(path: string, html: string): void {
    this.set(path, { type: 'text/html; charset=utf-8', body: html });
  }

  remove(path: string, status: 404 | 410 = 410): void {
    this.set(path, { type: 'text/plain', body: 'gone', status });
  }

  visitsTo(path: string): Visit[] {
    return this.visits.filter((visit) => visit.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(path: string, headers: IncomingHttpHeaders, response: ServerResponse): void {
    // As on most sites, what follows the path makes no other page.
    const answer = this.answers.get(path.split('?')[0]!);
    if (typeof answer === 'function') return answer(response);
    if (!answer) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
      return;
    }
    const etag = `"${createHash('sha1').update(answer.body).digest('hex')}"`;
    const { status = 200, type } = answer;
    if (status === 200 && headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else if (status === 200 && wantsRest(headers, etag)) sendRest(answer, etag, headers, response);
    else {
      response.writeHead(status, { 'content-type': type, etag });
      send(Buffer.from(answer.body as string), answer, response);
    }
  }
}

/** Whether a part is asked for of the document as it is. */
function wantsRest(headers: IncomingHttpHeaders, etag: string): boolean {
  const { range, 'if-range': condition = etag } = headers;
  return range !== undefined && condition === etag;
}

function sendRest(answer: Document, etag: string, { range = '' }: IncomingHttpHeaders, response: ServerResponse): void {
  const body = Buffer.from(answer.body as string);
  const from = Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0);
  const contentRange = `bytes ${from}-${body.length - 1}/${body.length}`;
  response.writeHead(206, { 'content-type': answer.type, 'content-range': contentRange, etag });
  send(body.subarray(from), answer, response);
}

function send(body: Buffer, { holdAt }: Document, response: ServerResponse): void {
  const most = holdAt?.();
  if (most === undefined) response.end(body);
  else response.write(body.subarray(0, most));
}

/** An entry of the feed below. */
export interface Entry {
  guid: string;
  link: string;
  title: string;
  description?: string;
  content?: string;
  published?: string;
}

/** An RSS 2.0 feed. */
export function rss(title: string, entries: Entry[]): Answer {
  const items = entries.map(
    ({ guid, link, title: headline, description = '', content, published = 'Mon, 13 Apr 2026 08:00:00 GMT' }) =>
      `<item><guid isPermaLink="false">${guid}</guid><link>${link.replaceAll('&', '&amp;')}</link><title>${headline}</title>` +
      `<description>${description}</description><pubDate>${published}</pubDate>` +
      (content === undefined ? '' : `<content:encoded><![CDATA[${content}]]></content:encoded>`) +
      `</item>`,
  );
  return {
    type: 'application/rss+xml',
    body: `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>${title}</title><link>http://site.example/</link>${items.join('')}</channel></rss>`,
  };
}

/** A Google News sitemap. */
export function newsSitemap(pages: { loc: string; title: string; published: string }[]): Answer {
  const urls = pages.map(
    ({ loc, title, published }) =>
      `<url><loc>${loc}</loc><news:news><news:publication><news:name>The Skerry Courier</news:name><news:language>en</news:language></news:publication>` +
      `<news:publication_date>${published}</news:publication_date><news:title>${title}</news:title></news:news></url>`,
  );
  return {
    type: 'application/xml',
    body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${urls.join('')}</urlset>`,
  };
}

/** A page of the site with an article of its own. */
export function articlePage(title: string, last = 'Tickets stay valid.', canonical?: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} - The Skerry Courier</title>
${canonical === undefined ? '' : `<link rel="canonical" href="${canonical}">`}<meta property="og:type" content="article"></head>
<body><nav><a href="/">Home</a> <a href="/region">Region</a></nav><article><h1>${title}</h1>
${paragraphs(title, last)}</article><footer>The Skerry Courier, Quay Street 4</footer></body></html>`;
}

/** Enough words for a full text. */
export function paragraphs(title: string, last = 'Tickets stay valid.'): string {
  return [
    `${title}, the harbour office of Skerry said on Monday morning, after four weeks in which the quay had been closed to all but the pilots and the crew of the dredger.`,
    `“We are glad to have it behind us before the summer,” harbour master Ada Quill said on the quay, where families from the outer islands had been waiting since dawn with their bags and bicycles.`,
    `The council had put aside money for the work two years ago, but the tender brought no offer until last autumn, when a yard in Port Calder took it on for less than had been feared.`,
    last,
  ]
    .map((text) => `<p>${text}</p>`)
    .join('\n');
}
