import { EnrichmentData, ProvenanceData, validate } from '@wireroom/contracts';
import { provenanceOf } from '../enrich-article.js';
import type { EnrichmentStep, Evidence, StepResult } from '../step.js';

/** A team's own step, whose results are looked at before they count: one that breaks the contract is no answer at all. */
export function checked(step: EnrichmentStep): EnrichmentStep {
  const { name, version } = step;
  return { name, version, run: (context) => checkedResult(step.run(context), step, context.input.body.length) };
}

/** @throws Error that names what is wrong with the result */
function checkedResult(result: unknown, step: EnrichmentStep, bodyLength: number): StepResult {
  const { fields, evidence } = asJson(result);
  if (!isObject(fields) || !Array.isArray(evidence)) {
    throw new TypeError('run must return { fields, evidence }, an object and an array; it is not waited for a Promise');
  }
  const { custom, failedSteps } = validate(EnrichmentData, fields);
  if (failedSteps !== undefined) throw new TypeError('fields.failedSteps: is the chain’s to write');
  for (const [name, value] of Object.entries(custom ?? {})) {
    if (name !== step.name) throw new TypeError(`fields.custom.${name}: only ${step.name} is this step's to write`);
    if (!isObject(value)) throw new TypeError(`fields.custom.${name}: must be a JSON object`);
  }
  evidence.forEach((record: Evidence, at) => checkEvidence(record, `evidence[${at}]`, step, bodyLength));
  return { fields, evidence };
}

function checkEvidence(record: Evidence, path: string, step: EnrichmentStep, bodyLength: number): void {
  if (!isObject(record)) throw new TypeError(`${path}: must be an object`);
  const { spans } = validate(ProvenanceData, provenanceOf(step, record));
  const outside = spans.find(({ start, end }) => start < 0 || end < start || end > bodyLength);
  if (outside) {
    throw new RangeError(`${path}.spans: ${outside.start} to ${outside.end} is not in the body of ${bodyLength} units`);
  }
}

/** The result as it will be read from the stream, since what JSON can't write can't be published. */
function asJson(result: unknown): Partial<StepResult> {
  try {
    const plain: unknown = JSON.parse(JSON.stringify(result) ?? 'null');
    return isObject(plain) ? plain : {};
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`the result can't be written as JSON: ${reason}`, { cause });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
