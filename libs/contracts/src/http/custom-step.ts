import { IsString, MaxLength } from 'class-validator';
import { IsJsonObject } from '../custom-fields.js';
import { EnrichmentData } from '../enrichment.js';
import { Nested } from '../nested.js';
import { Optional } from '../optional.js';
import { IsTimestamp } from '../timestamps.js';

/** What an HTTP step is asked: one article with what the steps before it found. Offsets count UTF-16 units in `body`. */
export class StepCallRequest {
  /** The step's name, so that one server can be several steps. */
  @IsString() step!: string;
  @Optional() @IsString() title?: string;
  @IsString() body!: string;
  @Optional() @IsTimestamp() publishedAt?: string;
  @Nested(() => EnrichmentData) enrichment!: EnrichmentData;
}

/** What an HTTP step answers. */
export class StepCallAnswer {
  /** Goes into `enrichment.custom`, under the step's name. */
  @IsJsonObject() value!: Record<string, unknown>;
  /** Why it says so, for the explain record. */
  @Optional() @IsString() @MaxLength(500) reason?: string;
}
