import { Parser } from 'htmlparser2';

import { names, VOID_ELEMENTS } from './html-elements.js';
import { closeDangling, DROPPED_WITH_CONTENT, escapeText, hasMarkup, isTooDeep, stripTags } from './html.js';
import { isWebUrl, resolveUrl } from './resolve-url.js';

/*
 * An allow-list over the events of a tokenizer. What comes out holds only the elements and attributes below, with
 * every text and value escaped anew. None of them switches an HTML parser to raw text and no comment is let through, so
 * the output holds no `<` that isn't a tag written here, however it is parsed again (mutation XSS).
 */

const ELEMENTS = names(
  'a abbr acronym address area article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd ' +
    'del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li ' +
    'main map mark menu nav ol p picture pre q rb rp rt rtc ruby s samp section small source span strike strong sub ' +
    'summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr',
);

/** Formulas and plain drawings, without anything that moves, embeds, styles or brings HTML back in. */
const MATHML = names(
  'math maction menclose mfenced mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup ' +
    'msup mtable mtd mtext mtr munder munderover',
);
const SVG = names('svg circle desc ellipse g line path polygon polyline rect text title tspan');

const EVERYWHERE = 'align class dir lang title valign width height border datetime cite'.split(' ');

const ATTRIBUTES = new Map(
  Object.entries({
    a: 'href rel hreflang type',
    area: 'href alt shape coords',
    audio: 'src controls',
    font: 'color size face',
    img: 'src srcset alt sizes',
    ol: 'start type',
    source: 'src srcset type media sizes',
    td: 'colspan rowspan',
    th: 'colspan rowspan scope',
    track: 'src kind srclang label',
    video: 'src controls poster preload',
  }).map(([element, own]) => [element, new Set([...EVERYWHERE, ...own.split(' ')])]),
);
const COMMON_ATTRIBUTES: ReadonlySet<string> = new Set(EVERYWHERE);

const FOREIGN_ATTRIBUTES = names(
  'baseprofile cx cy d dir display fill fill-opacity height mathcolor mathsize mathvariant opacity points r rx ry ' +
    'separators stroke stroke-linecap stroke-linejoin stroke-width text-anchor transform version viewbox width x x1 x2 ' +
    'xlink:href xlink:show xlink:title xlink:type y y1 y2',
);

const ADDRESSES = names('href src cite poster xlink:href');
const SCHEMES = names('http https mailto tel ftp');
const FOREIGN_NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['math', ' xmlns="http://www.w3.org/1998/Math/MathML"'],
  ['svg', ' xmlns="http://www.w3.org/2000/svg"'],
]);
const XLINK = ' xmlns:xlink="http://www.w3.org/1999/xlink"';

/**
 * Makes the HTML of a stranger safe to store and show: an allow-list of elements and attributes, web schemes only,
 * no scripts, styles, frames or forms; addresses resolved against `base` (RFC 3986). The result is well-formed.
 */
export function sanitiseHtml(html: string, base?: string): string {
  if (!hasMarkup(html)) return escapeText(html.trim());
  if (isTooDeep(html)) return escapeText(stripTags(html));
  const writer = new SafeWriter(base);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => writer.open(name, attributes),
      onclosetag: (name) => writer.close(name),
      ontext: (text) => writer.text(text),
    },
    { decodeEntities: true },
  );
  parser.end(closeDangling(html));
  return writer.output.trim();
}

class SafeWriter {
  output = '';
  private dropping = 0;
  private foreign: string[] = [];

  constructor(private readonly base: string | undefined) {}

  open(name: string, attributes: Record<string, string>): void {
    if (DROPPED_WITH_CONTENT.has(name)) this.dropping++;
    if (name === 'svg' || name === 'math') this.foreign.push(name);
    if (this.dropping > 0 || !this.isAllowed(name)) return;
    this.output += `<${name}${this.safeAttributes(name, attributes)}${VOID_ELEMENTS.has(name) ? ' />' : '>'}`;
  }

  close(name: string): void {
    if (DROPPED_WITH_CONTENT.has(name)) this.dropping--;
    else if (this.dropping === 0 && this.isAllowed(name) && !VOID_ELEMENTS.has(name)) this.output += `</${name}>`;
    if (name === this.foreign.at(-1)) this.foreign.pop();
  }

  text(text: string): void {
    if (this.dropping === 0) this.output += escapeText(text);
  }

  /** Some names mean something else, and something worse, outside of the drawing or formula they belong to. */
  private isAllowed(name: string): boolean {
    const context = this.foreign.at(-1);
    if (context === undefined) return ELEMENTS.has(name);
    return (context === 'svg' ? SVG : MATHML).has(name) || name === 'a';
  }

  private safeAttributes(element: string, attributes: Record<string, string>): string {
    const own = ATTRIBUTES.get(element) ?? COMMON_ATTRIBUTES;
    const allowed = this.foreign.length > 0 ? FOREIGN_ATTRIBUTES : own;
    let written = FOREIGN_NAMESPACES.get(element) ?? '';
    for (const name in attributes) {
      const value = allowed.has(name) ? this.safeValue(name, attributes[name] ?? '') : undefined;
      if (value !== undefined) written += ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`;
    }
    return written.includes(' xlink:') ? XLINK + written : written;
  }

  private safeValue(name: string, value: string): string | undefined {
    if (name === 'srcset') return this.safeSourceSet(value);
    return ADDRESSES.has(name) ? this.safeAddress(value) : value;
  }

  private safeAddress(reference: string): string | undefined {
    const address = reference.trim() === '' ? '' : resolveUrl(reference, this.base);
    return hasSafeScheme(address) ? address : undefined;
  }

  /** The candidates of a srcset (HTML section 4.8.4.2.1) with an address each. */
  private safeSourceSet(value: string): string | undefined {
    const candidates = [...value.matchAll(/([^\s,]\S*)(?:\s+([\d.]+[wxh]))?/g)].flatMap(([, written = '', size]) => {
      const address = this.safeAddress(written.replace(/,+$/, ''));
      return address ? [size === undefined ? address : `${address} ${size}`] : [];
    });
    return candidates.length > 0 ? candidates.join(', ') : undefined;
  }
}

/** No scheme at all, or one of the web. Browsers ignore control characters inside a scheme: so does this check. */
function hasSafeScheme(address: string): boolean {
  if (isWebUrl(address)) return true;
  const scheme = /^([^/?#:]*):/.exec(address.replace(/[\0-\x20]+/g, ''))?.[1];
  return scheme === undefined || SCHEMES.has(scheme.toLowerCase());
}
