import type { ProvenanceData } from '@wireroom/contracts';
import type { Found } from './html/structured-data.js';
import { EXTRACTION_VERSION } from './version.js';

/** A found value that competes for a field. A higher weight is a source that is right more often. */
export interface Candidate extends Found {
  rule: string;
  weight: number;
}

/** Writes down where each value came from and which ones lost. */
export class ProvenanceLog {
  readonly records: ProvenanceData[] = [];

  constructor(private readonly extractor: string) {}

  /** A value that stands in the article at `field` (a JSON Pointer into the event's data). */
  chosen(field: string, found: Found, rule: string, reason?: string): void {
    this.records.push(this.record(field, found, rule, true, reason));
  }

  /** A value that was found for `field` and not taken. */
  rejected(field: string, found: Found, rule: string, reason: string): void {
    this.records.push({ ...this.record(field, found, rule, false, reason), value: found.value.slice(0, 5000) });
  }

  private record(field: string, found: Found, rule: string, chosen: boolean, reason?: string): ProvenanceData {
    return {
      field,
      extractor: this.extractor,
      version: EXTRACTION_VERSION,
      rule,
      source: found.source.slice(0, 1000),
      basis: 'original',
      spans: found.spans,
      chosen,
      ...(reason === undefined ? {} : { reason: reason.slice(0, 500) }),
    };
  }
}
