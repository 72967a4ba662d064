import { robotsPatternMatches } from '@wireroom/intake';
import type { Clock } from '../clock.js';
import type { FetchAnswer, OptOut } from '../fetch-answer.js';
import { policyPart } from './opt-out.js';
import { type Kept, OriginFiles } from '../robots/origin-files.js';

/** One rule of a `/.well-known/tdmrep.json`. */
interface TdmRule {
  location: string;
  reserved: boolean;
  policy?: string;
}

export interface TdmFilesOptions {
  clock: Clock;
  /** Fetches a small file. */
  load: (url: string) => Promise<FetchAnswer>;
}

const KEEP_MS = 24 * 3_600_000;
/** Where a host fails to say whether there is a file, it is asked again after so long. */
const KEEP_FAILURE_MS = 5 * 60_000;
const MOST_BYTES = 4 * 1024 * 1024;
/** A file with more rules is read so far. */
const MOST_RULES = 1_000;

/**
 * TDM reservations that origins declare in a file (TDM Reservation Protocol, section 6.1): the first rule whose
 * location matches the path counts.
 */
export class TdmFiles {
  private readonly files: OriginFiles<TdmRule[]>;

  constructor(private readonly options: TdmFilesOptions) {
    this.files = new OriginFiles({
      clock: options.clock,
      mostBytes: MOST_BYTES,
      load: (origin) => this.load(origin),
    });
  }

  async optOutsOf(url: URL): Promise<OptOut[]> {
    const rules = await this.files.get(url.origin);
    const rule = rules.find(({ location }) => robotsPatternMatches(location, url.href));
    return rule?.reserved ? [{ signal: 'tdmrep', value: '1', ...policyPart(rule.policy) }] : [];
  }

  private async load(origin: string): Promise<Kept<TdmRule[]>> {
    const answer = await this.options.load(`${origin}/.well-known/tdmrep.json`);
    if (answer.outcome !== 'fetched')
      return { value: [], keepMs: isAbsent(answer) ? KEEP_MS : KEEP_FAILURE_MS, weight: 0 };
    const rules = readRules(answer.body);
    return { value: rules, keepMs: KEEP_MS, weight: rules.length === 0 ? 0 : answer.bytes };
  }
}

function isAbsent(answer: FetchAnswer): boolean {
  return answer.outcome === 'failed' && answer.code === 'http-status' && (answer.status ?? 500) < 500;
}

function readRules(bytes: Uint8Array): TdmRule[] {
  const rules: unknown = parsed(new TextDecoder().decode(bytes));
  return Array.isArray(rules) ? rules.slice(0, MOST_RULES).flatMap(readRule) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readRule(rule: unknown): TdmRule[] {
  if (typeof rule !== 'object' || rule === null) return [];
  const { location, 'tdm-reservation': reservation, 'tdm-policy': policy } = rule as Record<string, unknown>;
  if (typeof location !== 'string') return [];
  return [{ location, reserved: Number(reservation) === 1, policy: typeof policy === 'string' ? policy : undefined }];
}
