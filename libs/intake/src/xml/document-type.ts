import { IntakeError } from '../intake-error.js';
import { LIMITS } from '../limits.js';

/** Internal general entities by name, as a document type declares them: name to replacement text. */
export type Entities = ReadonlyMap<string, string>;

const NONE: Entities = new Map();

/**
 * Splits off the document type declaration, which the tokenizer does not understand, and reads the internal general
 * entities it declares. External ones (SYSTEM, PUBLIC) and parameter entities are never resolved.
 *
 * @throws IntakeError `entity-expansion` when it declares more entities than a document needs
 */
export function splitDocumentType(text: string): { body: string; entities: Entities } {
  const start = doctypeStart(text);
  if (start === undefined) return { body: text, entities: NONE };
  const { end, subset } = doctypeExtent(text, start);
  return { body: text.slice(0, start) + text.slice(end), entities: readEntities(subset) };
}

/** The declaration can only stand in the prolog: after white space, comments and processing instructions. */
function doctypeStart(text: string): number | undefined {
  let at = 0;
  for (;;) {
    at = skipSpace(text, at);
    if (text.startsWith('<?', at)) at = after(text, '?>', at);
    else if (text.startsWith('<!--', at)) at = after(text, '-->', at);
    else return /^<!doctype\b/i.test(text.slice(at, at + 10)) ? at : undefined;
  }
}

function skipSpace(text: string, at: number): number {
  while (at < text.length && (text.charCodeAt(at) <= 0x20 || text.charCodeAt(at) === 0xfeff)) at++;
  return at;
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

function doctypeExtent(text: string, start: number): { end: number; subset: string } {
  const scanner = /"[^"]*"|'[^']*'|<!--[^]*?-->|[[\]>]/g;
  scanner.lastIndex = start;
  let opened: number | undefined;
  let subset = '';
  for (let match = scanner.exec(text); match; match = scanner.exec(text)) {
    if (match[0] === '[') opened ??= match.index + 1;
    else if (match[0] === ']' && opened !== undefined) {
      subset = text.slice(opened, match.index);
      opened = undefined;
    } else if (match[0] === '>' && opened === undefined) return { end: match.index + 1, subset };
  }
  return { end: text.length, subset };
}

function readEntities(subset: string): Entities {
  const entities = new Map<string, string>();
  for (const [, name = '', double, single] of subset.matchAll(/<!ENTITY\s+([\w.:-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g)) {
    if (!entities.has(name)) entities.set(name, double ?? single ?? '');
    if (entities.size > LIMITS.entityCount) throw new IntakeError('entity-expansion', 'too many entity declarations');
  }
  return entities;
}
