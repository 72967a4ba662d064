import { decodeCodePoint, decodeHTMLStrict } from 'entities/decode';

import { IntakeError } from '../intake-error.js';
import { LIMITS } from '../limits.js';
import type { Entities } from './document-type.js';

const REFERENCE = /&(?:#(\d{1,8})|#x([\da-f]{1,8})|([a-z_][\w.:-]*));/gi;
const DEEPEST_NESTING = 8;

/**
 * Decodes the character and entity references of one document: the five of XML, numbers, those its document type
 * declares, and the names of HTML, which feeds use without declaring them. An unknown one stays as it is written.
 * What the declared ones add up to over a whole document is bounded.
 */
export class EntityDecoder {
  private added = 0;

  constructor(private readonly entities: Entities) {}

  /** @throws IntakeError `entity-expansion` */
  decode(text: string, nesting = 0): string {
    if (!text.includes('&')) return text;
    return text.replace(REFERENCE, (reference: string, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return decodeCodePoint(Number(decimal));
      if (hex !== undefined) return decodeCodePoint(Number.parseInt(hex, 16));
      const declared = this.entities.get(name ?? '');
      return declared === undefined ? decodeHTMLStrict(reference) : this.expand(declared, nesting);
    });
  }

  private expand(replacement: string, nesting: number): string {
    this.added += replacement.length;
    if (nesting >= DEEPEST_NESTING || this.added > LIMITS.entityCharacters) {
      throw new IntakeError('entity-expansion', 'declared entities expand without bound');
    }
    return this.decode(replacement, nesting + 1);
  }
}
