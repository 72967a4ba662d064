import { decodeHTML } from 'entities/decode';
import { Parser } from 'htmlparser2';

import { LIMITS } from '../limits.js';
import { IMPLIED_END_ELEMENTS, INLINE_ELEMENTS, names, VOID_ELEMENTS } from './html-elements.js';

/** Elements whose content nobody is meant to read. */
export const DROPPED_WITH_CONTENT = names('script style template');

/** The words of an HTML fragment on one line: no markup, entities decoded, white space collapsed. */
export function htmlToText(html: string): string {
  if (!hasMarkup(html)) return collapse(html);
  if (isTooDeep(html)) return stripTags(html);
  const words: string[] = [];
  let hidden = 0;
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (DROPPED_WITH_CONTENT.has(name)) hidden++;
        else if (!INLINE_ELEMENTS.has(name)) words.push(' ');
      },
      onclosetag: (name) => {
        if (DROPPED_WITH_CONTENT.has(name)) hidden--;
        else if (!INLINE_ELEMENTS.has(name)) words.push(' ');
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

/** Whether a text can hold any tag or entity at all; most titles don't. */
export function hasMarkup(text: string): boolean {
  return text.includes('<') || text.includes('&');
}

/** Escapes plain text so that it can stand in HTML. */
export function escapeText(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** One line of text: white space of every kind, no-break spaces included, becomes one space. */
export function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/**
 * Keeps a parser from swallowing the rest of a text: a comment that is never closed ends at the next `>`, and a
 * declaration that is never closed is no markup but text that looks like it.
 */
export function closeDangling(html: string): string {
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
export function isTooDeep(html: string): boolean {
  if (html.length < LIMITS.htmlDepth * '<b>'.length) return false;
  let depth = 0;
  for (const [, close, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    const element = name.toLowerCase();
    if (VOID_ELEMENTS.has(element) || IMPLIED_END_ELEMENTS.has(element)) continue;
    depth += close === '' ? 1 : -1;
    if (depth > LIMITS.htmlDepth) return true;
  }
  return false;
}

/** The text of a fragment that no parser should be given, read from left to right once. */
export function stripTags(html: string): string {
  return collapse(decodeHTML(html.replace(/<[^<>]*>/g, ' ')));
}
