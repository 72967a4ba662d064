import { decodeHTML } from 'entities/decode';
import { Parser } from 'htmlparser2';
import sanitize from 'sanitize-html';

import { LIMITS } from '../limits.js';
import { resolveUrl } from './resolve-url.js';

const ALLOWED_TAGS = [
  ...sanitize.defaults.allowedTags,
  ...['acronym', 'area', 'audio', 'center', 'del', 'details', 'dir', 'font', 'img', 'ins', 'map', 'picture', 'source'],
  ...['strike', 'track', 'tt', 'video', 'big'],
];

const ALLOWED_ATTRIBUTES = {
  '*': ['align', 'class', 'dir', 'lang', 'title', 'valign', 'width', 'height', 'border', 'datetime', 'cite'],
  a: ['href', 'rel', 'hreflang', 'type'],
  area: ['href', 'alt', 'shape', 'coords'],
  audio: ['src', 'controls'],
  font: ['color', 'size', 'face'],
  img: ['src', 'srcset', 'alt', 'sizes'],
  ol: ['start', 'type'],
  source: ['src', 'srcset', 'type', 'media', 'sizes'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
  track: ['src', 'kind', 'srclang', 'label'],
  video: ['src', 'controls', 'poster', 'preload'],
};

const URL_ATTRIBUTES = ['href', 'src', 'cite', 'poster'] as const;
const WEB_SCHEMES = ['http', 'https', 'mailto', 'tel', 'ftp'];

/**
 * Makes the HTML of a stranger safe to store and show: an allow-list of elements and attributes, web schemes only,
 * no scripts, styles, frames or forms; addresses resolved against `base` (RFC 3986).
 */
export function sanitiseHtml(html: string, base?: string): string {
  if (!/[<&]/.test(html)) return html.trim();
  if (isTooDeep(html)) return escapeText(stripTags(html));
  return sanitize(closeDangling(html), {
    allowedTags: ALLOWED_TAGS,
    allowedAttributes: ALLOWED_ATTRIBUTES,
    allowedSchemes: WEB_SCHEMES,
    allowedSchemesAppliedToAttributes: [...URL_ATTRIBUTES],
    allowProtocolRelative: true,
    parseStyleAttributes: false,
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: resolveAddresses(attribs, base) }) },
  }).trim();
}

/** The words of an HTML fragment on one line: no markup, entities decoded, white space collapsed. */
export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) return collapse(html);
  if (isTooDeep(html)) return stripTags(html);
  const words: string[] = [];
  let hidden = 0;
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (HIDDEN_TAGS.has(name)) hidden++;
        else if (!INLINE_TAGS.has(name)) words.push(' ');
      },
      onclosetag: (name) => {
        if (HIDDEN_TAGS.has(name)) hidden--;
        else if (!INLINE_TAGS.has(name)) words.push(' ');
      },
      ontext: (text) => {
        if (hidden === 0) words.push(text);
      },
    },
    { decodeEntities: true },
  );
  parser.end(closeDangling(html));
  return collapse(words.join(''));
}

const WITHOUT_END = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd td th tr option'.split(' '),
);
const HIDDEN_TAGS = new Set(['script', 'style']);
const INLINE_TAGS = new Set(
  (
    'a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd mark q s samp small span strike ' +
    'strong sub sup time tt u var wbr'
  ).split(' '),
);

/** Escapes plain text so that it can stand in HTML. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** One line of text: white space of every kind, no-break spaces included, becomes one space. */
export function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function resolveAddresses(attribs: sanitize.Attributes, base: string | undefined): sanitize.Attributes {
  for (const name of URL_ATTRIBUTES) {
    const address = attribs[name];
    if (address !== undefined && address !== '') attribs[name] = resolveUrl(address, base);
  }
  return attribs;
}

/**
 * Keeps a parser from swallowing the rest of a text: a comment that is never closed ends at the next `>`, and a
 * declaration that is never closed is no markup but text that looks like it.
 */
function closeDangling(html: string): string {
  const at = html.lastIndexOf('<!');
  if (at < 0) return html;
  const isComment = html.startsWith('<!--', at);
  if (html.includes(isComment ? '-->' : '>', at)) return html;
  if (!isComment) return `${html.slice(0, at)}&lt;${html.slice(at + 1)}`;
  const end = html.indexOf('>', at);
  return html.slice(0, at) + (end < 0 ? '' : html.slice(end + 1));
}

/**
 * HTML parsers keep a stack that costs more with every level. Elements that need no end tag don't count: a page may
 * hold any number of them side by side.
 */
function isTooDeep(html: string): boolean {
  if (html.length < LIMITS.htmlDepth * '<b>'.length) return false;
  let depth = 0;
  for (const [, close, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (WITHOUT_END.has(name.toLowerCase())) continue;
    depth += close === '' ? 1 : -1;
    if (depth > LIMITS.htmlDepth) return true;
  }
  return false;
}

/** The text of a fragment that no parser should be given, read from left to right once. */
function stripTags(html: string): string {
  return collapse(decodeHTML(html.replace(/<[^<>]*>/g, ' ')));
}
